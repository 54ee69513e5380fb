package io.leeway.feedback.kafka;

import io.leeway.feedback.Projection;
import io.leeway.kit.kafka.DeadLetters;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Lands the topics in the database: what comes in, and what the join publishes, imported feedback and fates too. */
@ApplicationScoped
class EventListener {
    private final RecordLanding landing;
    private final DeadLetters deadLetters;

    EventListener(Intake intake, Projection projection, LandingLoop loop, DeadLetters deadLetters) {
        this.landing = new RecordLanding(intake, projection, loop, name -> true);
        this.deadLetters = deadLetters;
    }

    @Incoming("decisions")
    @Blocking
    void decisions(ConsumerRecords<String, byte[]> records) {
        bury(landing.decisions(records));
    }

    @Incoming("rewards")
    @Blocking
    void rewards(ConsumerRecords<String, byte[]> records) {
        bury(landing.rewards(records));
    }

    @Incoming("feedback")
    @Blocking
    void feedback(ConsumerRecords<String, byte[]> records) {
        bury(landing.feedback(records));
    }

    @Incoming("fates")
    @Blocking
    void fates(ConsumerRecords<String, byte[]> records) {
        landing.fates(records);
    }

    private void bury(List<RecordLanding.Refused> refused) {
        refused.forEach(
                letter -> deadLetters.send(letter.record(), letter.reason()).join());
    }
}
