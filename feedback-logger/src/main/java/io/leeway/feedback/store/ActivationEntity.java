package io.leeway.feedback.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** A row of projection.activation. */
@Entity
@Immutable
@Table(schema = "projection", name = "activation")
@IdClass(ActivationEntity.Key.class)
class ActivationEntity {
    @Id
    @Column(name = "event_id")
    String eventId;

    @Id
    String loop;

    @Id
    String identity;

    Instant time;

    LocalDate week;

    @ColumnTransformer(read = "cast(body as text)")
    String body;

    /** Primary key. */
    record Key(String eventId, String loop, String identity) {}
}
