package io.leeway.training.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;

/** Row of {@code loops}. */
@Entity
@Table(name = "loops")
class LoopEntity {
    @Id
    String name;

    long revision;
    String salt;

    @ColumnTransformer(write = "?::jsonb")
    String settings;

    /** Not named freeze, which is a word of SQL. */
    @ColumnTransformer(write = "?::jsonb")
    @Column(name = "frozen")
    String freeze;

    /** The challenger that a rollout tries, and its share. */
    @ColumnTransformer(write = "?::jsonb")
    String canary;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
