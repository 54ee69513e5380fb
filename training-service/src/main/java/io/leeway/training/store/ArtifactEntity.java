package io.leeway.training.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** Row of {@code artifacts}. */
@Entity
@Immutable
@IdClass(VersionKey.class)
@Table(name = "artifacts")
class ArtifactEntity {
    @Id
    String loop;

    @Id
    long version;

    byte[] bytes;
}
