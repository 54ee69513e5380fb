package io.leeway.training.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** Row of {@code audit}. */
@Entity
@Immutable
@Table(name = "audit")
class AuditEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    Instant at;
    String loop;
    String what;
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
