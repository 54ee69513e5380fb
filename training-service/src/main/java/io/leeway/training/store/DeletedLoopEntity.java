package io.leeway.training.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;

/** Row of {@code deleted_loops}. */
@Entity
@Table(name = "deleted_loops")
class DeletedLoopEntity {
    @Id
    String name;

    @Column(name = "deleted_at")
    Instant deletedAt;

    @Column(name = "last_version")
    long lastVersion;

    @Column(name = "feedback_offsets")
    @ColumnTransformer(write = "?::jsonb")
    String feedbackOffsets;
}
