package io.leeway.training.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;

/** Row of {@code rollouts}. */
@Entity
@Table(name = "rollouts")
class RolloutEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String loop;
    long version;
    long champion;
    String mode;
    String state;
    int step;

    @ColumnTransformer(write = "?::jsonb")
    String plan;

    /** As text: what PostgreSQL makes of numbers in jsonb need not be what was saved. */
    String comparison;

    @ColumnTransformer(write = "?::jsonb")
    String offsets;

    @ColumnTransformer(write = "?::jsonb")
    String verdict;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "step_since")
    Instant stepSince;

    @Column(name = "ended_at")
    Instant endedAt;
}
