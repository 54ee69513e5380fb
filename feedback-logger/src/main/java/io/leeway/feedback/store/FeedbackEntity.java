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

/** A row of projection.feedback; its body is without the decision. */
@Entity
@Immutable
@Table(schema = "projection", name = "feedback")
@IdClass(FeedbackEntity.Key.class)
class FeedbackEntity {
    @Id
    @Column(name = "event_id")
    String eventId;

    @Id
    String loop;

    @Id
    int revision;

    /** Of its decision. */
    Instant time;

    @Column(name = "closed_at")
    Instant closedAt;

    LocalDate week;

    @ColumnTransformer(read = "cast(body as text)")
    String body;

    /** Primary key. */
    record Key(String eventId, String loop, int revision) {}
}
