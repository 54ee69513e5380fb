package io.leeway.feedback.kafka;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.leeway.contracts.EventType;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.feedback.Fate;
import io.leeway.feedback.LoggedFeedback;
import io.leeway.feedback.Projection;
import io.leeway.feedback.Projection.Unstorable;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.DeadLetters;
import io.leeway.kit.kafka.EventReader;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Lands what the join publishes: feedback, imported feedback too, and fates. */
@ApplicationScoped
class FeedbackListener {
    private final Projection projection;
    private final LandingLoop loop;
    private final DeadLetters deadLetters;

    FeedbackListener(Projection projection, LandingLoop loop, DeadLetters deadLetters) {
        this.projection = projection;
        this.loop = loop;
        this.deadLetters = deadLetters;
    }

    /** The fields that have columns; the decision inside is passed over. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Head(
            String loop,
            String eventId,
            int revision,
            FeedbackStatus status,
            double reward,
            boolean imported,
            Instant closedAt) {
        Head {
            boolean complete = loop != null && eventId != null && revision > 0 && status != null && closedAt != null;
            if (!complete) {
                throw new UnusableEventException(
                        "must have loop, eventId, revision, status and closedAt: eventId=" + eventId);
            }
        }
    }

    @Incoming("feedback")
    @Blocking
    void feedback(ConsumerRecords<String, byte[]> records) {
        List<LoggedFeedback> rows = new ArrayList<>(records.count());
        List<ConsumerRecord<String, byte[]>> sources = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                rows.add(read(record));
                sources.add(record);
            } catch (UnusableEventException e) {
                deadLetters.send(record, e.getMessage()).join();
            }
        }
        bury(sources, loop.land("feedback", () -> projection.landFeedback(rows)));
    }

    private static LoggedFeedback read(ConsumerRecord<String, byte[]> record) {
        EventReader.type(record.headers(), EventType.FEEDBACK);
        Head head = EventReader.read(record.value(), Head.class);
        return new LoggedFeedback(
                head.loop(),
                head.eventId(),
                head.revision(),
                head.status(),
                head.reward(),
                head.imported(),
                head.closedAt(),
                new String(record.value(), StandardCharsets.UTF_8));
    }

    @Incoming("fates")
    @Blocking
    void fates(ConsumerRecords<String, byte[]> records) {
        List<Fate> rows = new ArrayList<>(records.count());
        records.forEach(record -> rows.add(EventReader.read(record.value(), Fate.class)));
        loop.land("fates", () -> projection.landFates(rows));
    }

    private void bury(List<ConsumerRecord<String, byte[]>> records, List<Unstorable> unstorable) {
        for (Unstorable row : unstorable) {
            deadLetters.send(records.get(row.index()), row.reason()).join();
        }
    }
}
