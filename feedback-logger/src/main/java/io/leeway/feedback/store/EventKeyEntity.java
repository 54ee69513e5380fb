package io.leeway.feedback.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.hibernate.annotations.Immutable;

/** A row of projection.event: where the rows of an event lie. */
@Entity
@Immutable
@Table(schema = "projection", name = "event")
@IdClass(EventKeyEntity.Key.class)
class EventKeyEntity {
    @Id
    @Column(name = "event_id")
    String eventId;

    @Id
    String loop;

    LocalDate week;

    /** Primary key, of events and, with their week, of decisions. */
    record Key(String eventId, String loop) {}
}
