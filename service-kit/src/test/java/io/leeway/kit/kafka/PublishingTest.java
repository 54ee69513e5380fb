package io.leeway.kit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Reward;
import io.leeway.contracts.Topics;
import io.leeway.kit.EventIds;
import io.leeway.stack.testing.LeewayTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class PublishingTest {
    @Inject
    EventPublisher publisher;

    @Inject
    DeadLetters deadLetters;

    @Inject
    EventIds ids;

    @Inject
    MeterRegistry meters;

    @Test
    void anEventIsConfirmedWithThePlaceWhereItStandsAndCarriesCloudEventHeaders() throws Exception {
        String id = ids.next();
        Reward reward = new Reward("a", id, 0.5, null, null, null, Instant.parse("2026-01-01T00:00:00Z"), null);
        var metadata = publisher.publish(EventType.REWARD, id, id, reward).get(20, TimeUnit.SECONDS);
        ConsumerRecord<String, byte[]> record = find(Topics.REWARDS, id);
        assertThat(record.partition()).isEqualTo(metadata.partition());
        assertThat(record.offset()).isEqualTo(metadata.offset());
        assertThat(Json.read(record.value(), Reward.class)).isEqualTo(reward);
        assertThat(Topic.header(record, Headers.CE_SPEC_VERSION)).isEqualTo("1.0");
        assertThat(Topic.header(record, Headers.CE_ID)).isEqualTo(id);
        assertThat(Topic.header(record, Headers.CE_SOURCE)).isEqualTo("/leeway/kit-test");
        assertThat(Topic.header(record, Headers.CE_TYPE)).isEqualTo("io.leeway.reward.v1");
        assertThat(Topic.header(record, Headers.CONTENT_TYPE)).isEqualTo("application/json");
        assertThat(Instant.parse(Topic.header(record, Headers.CE_TIME))).isBefore(Instant.now());
    }

    @Test
    void aTombstoneHasNoValue() throws Exception {
        String key = "gone/" + ids.next();
        publisher
                .publish(EventType.MODEL, key, publisher.headers(EventType.MODEL, key), null)
                .get(20, TimeUnit.SECONDS);
        ConsumerRecord<String, byte[]> record = find(Topics.MODELS, key);
        assertThat(record.value()).isNull();
        assertThat(Topic.header(record, Headers.CONTENT_TYPE)).isEqualTo("application/octet-stream");
    }

    @Test
    void aModelOfEightMebibytesTravels() throws Exception {
        String key = "large/" + ids.next();
        publisher
                .publish(EventType.MODEL, key, publisher.headers(EventType.MODEL, key), new byte[8 << 20])
                .get(20, TimeUnit.SECONDS);
        assertThat(find(Topics.MODELS, key).value()).hasSize(8 << 20);
    }

    @Test
    void whatTheBrokerDoesNotTakeFailsItsFuture() {
        var tooLarge = publisher.publish(
                EventType.REWARD, "k", publisher.headers(EventType.REWARD, "k"), incompressible(12 << 20));
        assertThatThrownBy(() -> tooLarge.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(RecordTooLargeException.class);
        var nowhere = publisher.send(new ProducerRecord<>("not a topic", new byte[0]));
        assertThatThrownBy(() -> nowhere.get(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aDeadLetterKeepsTheRecordAndSaysWhyAndWhereFrom() throws Exception {
        String key = ids.next();
        byte[] value = "{not json".getBytes(StandardCharsets.UTF_8);
        ConsumerRecord<String, byte[]> rejected = new ConsumerRecord<>(Topics.FEEDBACK, 3, 4711, key, value);
        rejected.headers().add(Headers.CE_TYPE, "io.leeway.feedback.v9".getBytes(StandardCharsets.UTF_8));
        double before =
                meters.counter("leeway.dead.letters", "topic", Topics.FEEDBACK).count();
        deadLetters.send(rejected, "must be a known type").get(20, TimeUnit.SECONDS);
        ConsumerRecord<String, byte[]> kept = find(Topics.deadLetter(Topics.FEEDBACK), key);
        assertThat(kept.value()).isEqualTo(value);
        assertThat(Topic.header(kept, Headers.CE_TYPE)).isEqualTo("io.leeway.feedback.v9");
        assertThat(Topic.header(kept, Headers.DEAD_LETTER_REASON)).isEqualTo("must be a known type");
        assertThat(Topic.header(kept, Headers.DEAD_LETTER_TOPIC)).isEqualTo(Topics.FEEDBACK);
        assertThat(Topic.header(kept, Headers.DEAD_LETTER_PARTITION)).isEqualTo("3");
        assertThat(Topic.header(kept, Headers.DEAD_LETTER_OFFSET)).isEqualTo("4711");
        assertThat(meters.counter("leeway.dead.letters", "topic", Topics.FEEDBACK)
                        .count())
                .isEqualTo(before + 1);
    }

    @Test
    void eventIdsAreUuidsOfVersionSevenInTheOrderOfTime() {
        UUID first = UUID.fromString(ids.next());
        assertThat(first.version()).isEqualTo(7);
        assertThat(first.variant()).isEqualTo(2);
        assertThat(first.getMostSignificantBits() >>> 16)
                .isCloseTo(System.currentTimeMillis(), org.assertj.core.data.Offset.offset(60_000L));
        assertThat(UUID.fromString(ids.next())).isNotEqualTo(first);
    }

    private static byte[] incompressible(int bytes) {
        byte[] value = new byte[bytes];
        new java.util.Random(7).nextBytes(value);
        return value;
    }

    private static ConsumerRecord<String, byte[]> find(String topic, String key) {
        return Topic.read(topic).stream()
                .filter(record -> key.equals(record.key()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no record " + key + " on " + topic));
    }
}
