package io.leeway.training.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** Row of {@code versions}. */
@Entity
@Immutable
@IdClass(VersionKey.class)
@Table(name = "versions")
class VersionEntity {
    @Id
    String loop;

    @Id
    long version;

    String learner;

    @Column(name = "job_id")
    String jobId;

    @Column(name = "created_at")
    Instant createdAt;

    String sha256;

    @Column(name = "weights_sha256")
    String weightsSha256;

    @Column(name = "size_bytes")
    long sizeBytes;

    @ColumnTransformer(write = "?::jsonb")
    String metrics;

    @ColumnTransformer(write = "?::jsonb")
    String gates;

    @ColumnTransformer(write = "?::jsonb")
    String provenance;

    @ColumnTransformer(write = "?::jsonb")
    String lineage;
}
