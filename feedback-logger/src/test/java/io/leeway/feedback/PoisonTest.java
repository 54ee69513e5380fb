package io.leeway.feedback;

import static io.leeway.feedback.Service.eventWithRevision;
import static io.leeway.feedback.Service.eventually;
import static io.leeway.feedback.Service.summary;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.feedback.kafka.Samples;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.stack.testing.LeewayTestResource;
import io.leeway.stack.testing.LocalStack;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What cannot be used is kept where people find it, and nothing waits for it. */
@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class PoisonTest {
    private static final Duration WAIT = Duration.ofSeconds(1);

    @RegisterExtension
    static final Service service = new Service();

    @Test
    void poisonGoesToTheDeadLetterTopicAndTheStreamGoesOn() {
        service.make(Samples.loop("poison", WAIT));
        Instant time = now();
        service.raw(Topics.DECISIONS, null, "k", "{\"loop\":\"poison\",\"eventId\":");
        service.raw(Topics.REWARDS, null, "k", "{\"loop\":\"poison\",\"eventId\":\"e\",\"value\":true}");
        // jsonb knows no NUL and no half surrogate pairs, and numbers end somewhere.
        String odd = Json.text(Samples.decision("poison", "odd", time))
                .replace("\"u1\"", "\"u\\u0000\\ud800\"")
                .replace("31", "1e999999");
        service.raw(Topics.DECISIONS, null, "odd", odd);
        service.reward("poison", "fine", 0.5, null, time);
        service.decide(Samples.decision("poison", "fine", time));
        assertThat(eventWithRevision("poison", "fine", 1).feedback().get(0).reward())
                .isEqualTo(0.5);
        assertThat(eventWithRevision("poison", "odd", 1).decision().context()).containsEntry("user", "u\ufffd\ufffd");
        awaitLetter(Topics.DECISIONS, letter -> reason(letter).startsWith("not JSON at line 1"));
        awaitLetter(Topics.REWARDS, letter -> reason(letter).startsWith("value"));
    }

    @Test
    void aRecordOfTenMegabytesGoesToTheDeadLetterTopicAsItCame() {
        service.make(Samples.loop("huge", WAIT));
        Instant time = now();
        String huge = Json.text(Samples.decision("huge", "e1", time)).replace("u1", "u".repeat(10_000_000));
        service.raw(Topics.DECISIONS, null, "e1", huge);
        String reward = Json.text(Samples.reward("huge", "e2", 0.5, "r", time))
                .replace("\"r\"", "\"" + "r".repeat(10_000_000) + "\"");
        service.raw(Topics.REWARDS, null, "e2", reward);
        service.decide(Samples.decision("huge", "fine", time));
        eventWithRevision("huge", "fine", 1);
        var decision = awaitLetter(Topics.DECISIONS, letter -> letter.value().length == huge.length());
        assertThat(reason(decision)).isEqualTo("must have at most 3145728 bytes: decision=" + huge.length() + " bytes");
        assertThat(decision.value()).isEqualTo(huge.getBytes(UTF_8));
        var letter = awaitLetter(Topics.REWARDS, one -> one.value().length == reward.length());
        assertThat(reason(letter)).isEqualTo("must have at most 65536 bytes: reward=" + reward.length() + " bytes");
        eventually()
                .untilAsserted(() -> assertThat(summary("huge").deadLettered()).isEqualTo(2));
    }

    private static String reason(ConsumerRecord<String, byte[]> letter) {
        return EventHeaders.text(letter.headers(), Headers.DEAD_LETTER_REASON).orElse("");
    }

    private static ConsumerRecord<String, byte[]> awaitLetter(
            String topic, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", LocalStack.shared().bootstrapServers(), "isolation.level", "read_committed");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(Topics.deadLetter(topic), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return eventually()
                    .until(
                            () -> {
                                for (ConsumerRecord<String, byte[]> letter : consumer.poll(Duration.ofMillis(200))) {
                                    if (wanted.test(letter)) {
                                        return letter;
                                    }
                                }
                                return null;
                            },
                            letter -> letter != null);
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
