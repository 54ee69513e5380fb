package io.leeway.training.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Row of {@code retrain_requests}: a request that was dealt with. */
@Entity
@Table(name = "retrain_requests")
class RetrainRequestEntity {
    @Id
    @Column(name = "request_id")
    String requestId;

    String loop;

    @Column(name = "job_id")
    String jobId;

    boolean merged;

    @Column(name = "received_at")
    Instant receivedAt;
}
