package io.leeway.training.kafka;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.training.LiveFeedback;
import io.leeway.training.RollOut;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Gives feedback to the rollouts that go on. A batch read twice counts once, as the registry knows the offsets that it has. */
@ApplicationScoped
public class RolloutListener {
    private static final Logger LOG = Logger.getLogger(RolloutListener.class);

    private final RollOut rollOut;

    RolloutListener(RollOut rollOut) {
        this.rollOut = rollOut;
    }

    @Incoming("feedback-rollouts")
    @Blocking
    void listen(ConsumerRecords<String, byte[]> records) {
        if (!rollOut.watchesAny()) {
            return;
        }
        Map<String, List<LiveFeedback>> byLoop = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            FeedbackPeek peek = FeedbackPeek.at(record.value());
            if (peek.loop() != null && rollOut.watches(peek.loop())) {
                add(record, peek.loop(), byLoop);
            }
        }
        byLoop.forEach(
                (loop, feedback) -> Retrying.untilDone("comparing live rewards", () -> rollOut.take(loop, feedback)));
    }

    /** What cannot be read is in the dead letters of those who learn from it; here it only does not count. */
    private static void add(
            ConsumerRecord<String, byte[]> record, String loop, Map<String, List<LiveFeedback>> byLoop) {
        try {
            Feedback feedback = Json.read(record.value(), Feedback.class);
            byLoop.computeIfAbsent(loop, name -> new ArrayList<>())
                    .add(new LiveFeedback(record.partition(), record.offset(), feedback));
        } catch (UnreadableJsonException | ContractViolation e) {
            LOG.debugf("feedback at %d of partition %d cannot be read: %s", record.offset(), record.partition(), e);
        }
    }
}
