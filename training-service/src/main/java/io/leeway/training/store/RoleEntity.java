package io.leeway.training.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** Row of {@code roles}. */
@Entity
@IdClass(RoleKey.class)
@Table(name = "roles")
class RoleEntity {
    @Id
    String loop;

    @Id
    String role;

    long version;
    Instant since;
}
