package io.leeway.feedback;

import static io.leeway.feedback.Service.event;
import static io.leeway.feedback.Service.eventually;
import static io.leeway.feedback.Service.summary;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.EventType;
import io.leeway.contracts.Json;
import io.leeway.contracts.Reward;
import io.leeway.contracts.Topics;
import io.leeway.feedback.kafka.Samples;
import io.leeway.stack.testing.LeewayTestResource;
import io.leeway.stack.testing.LocalStack;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a producer, the join among them, wrote in a transaction that did not come to its end is not there for anybody. */
@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class AbortedRecordsTest {
    private static final String LOOP = "aborted";
    private static final int PARTITION = 0;

    @RegisterExtension
    static final Service service = new Service();

    @Test
    void whatATransactionTookBackIsNotStored() {
        service.make(Samples.loop(LOOP, Duration.ofHours(1)));
        Instant time = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Map<String, Object> settings =
                Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers(), "transactional.id", "aborting");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(
                    new ProducerRecord<>(Topics.DECISIONS, PARTITION, "taken-back", decision("taken-back", time)));
            producer.send(
                    new ProducerRecord<>(Topics.REWARDS, PARTITION, "kept", reward("kept", "r-taken-back", time)));
            producer.send(new ProducerRecord<>(
                    Topics.FEEDBACK, PARTITION, "imported-taken-back", imported("imported-taken-back", time)));
            producer.flush();
            producer.abortTransaction();
        }
        service.send(Topics.DECISIONS, PARTITION, "kept", decision("kept", time), EventType.DECISION);
        service.send(Topics.REWARDS, PARTITION, "kept", reward("kept", "r-kept", time), EventType.REWARD);
        service.send(Topics.FEEDBACK, PARTITION, "imported-kept", imported("imported-kept", time), EventType.FEEDBACK);
        // Each stands behind what was taken back, on the same partition.
        eventually()
                .until(() -> event(LOOP, "imported-kept").isPresent()
                        && event(LOOP, "kept")
                                .filter(kept -> !kept.rewards().isEmpty() && kept.decision() != null)
                                .isPresent());
        assertThat(event(LOOP, "kept").orElseThrow().rewards())
                .extracting(Reward::rewardId)
                .containsExactly("r-kept");
        assertThat(event(LOOP, "taken-back")).isEmpty();
        assertThat(event(LOOP, "imported-taken-back")).isEmpty();
        assertThat(summary(LOOP).decisions()).isEqualTo(2);
    }

    private static byte[] decision(String eventId, Instant time) {
        return Json.bytes(Samples.decision(LOOP, eventId, time));
    }

    private static byte[] reward(String eventId, String rewardId, Instant time) {
        return Json.bytes(Samples.reward(LOOP, eventId, 0.5, rewardId, time));
    }

    private static byte[] imported(String eventId, Instant time) {
        Map<String, Object> feedback = Map.of(
                "loop",
                LOOP,
                "eventId",
                eventId,
                "revision",
                1,
                "status",
                "defaulted",
                "reward",
                0.0,
                "slotRewards",
                Map.of(),
                "rewards",
                List.of(),
                "closedAt",
                time,
                "imported",
                true,
                "decision",
                Samples.decision(LOOP, eventId, time));
        return Json.bytes(feedback);
    }
}
