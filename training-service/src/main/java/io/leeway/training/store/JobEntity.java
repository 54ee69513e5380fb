package io.leeway.training.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;

/** Row of {@code jobs}. */
@Entity
@Table(name = "jobs")
class JobEntity {
    @Id
    String id;

    String loop;

    @ColumnTransformer(write = "?::jsonb")
    String request;

    String state;

    @Column(name = "requested_at")
    Instant requestedAt;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "ended_at")
    Instant endedAt;

    int attempts;

    @Column(name = "model_version")
    Long modelVersion;

    String message;

    @ColumnTransformer(write = "?::jsonb")
    String steps;

    @Column(name = "lease_owner")
    String leaseOwner;

    @Column(name = "lease_until")
    Instant leaseUntil;

    int priority;
    Instant deadline;

    @Column(name = "retry_at")
    Instant retryAt;

    @ColumnTransformer(write = "?::jsonb")
    String losses;
}
