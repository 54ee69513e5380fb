package io.leeway.feedback.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** A row of projection.decision. */
@Entity
@Immutable
@Table(schema = "projection", name = "decision")
@IdClass(DecisionEntity.Key.class)
class DecisionEntity {
    @Id
    @Column(name = "event_id")
    String eventId;

    @Id
    String loop;

    LocalDate week;

    @ColumnTransformer(read = "cast(body as text)")
    String body;

    /** Primary key. */
    record Key(String eventId, String loop) {}
}
