package io.leeway.training.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** Row of {@code role_history}. */
@Entity
@Immutable
@Table(name = "role_history")
class RoleHistoryEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String loop;
    String role;
    Long version;
    Long previous;
    Instant at;
    String who;
    String why;

    /** Given by a trigger, as is the hash. */
    @Column(insertable = false)
    Long position;

    @Column(name = "previous_sha256", insertable = false)
    String previousSha256;

    @Column(insertable = false)
    String sha256;
}
