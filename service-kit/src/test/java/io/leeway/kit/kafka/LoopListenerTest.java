package io.leeway.kit.kafka;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.Topics;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.LoopDirectory.LoopChange;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class LoopListenerTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    @Inject
    LoopDirectory directory;

    @BeforeEach
    void isReadyEvenThoughNoLoopWasEverMade() {
        await().atMost(SOON)
                .untilAsserted(
                        () -> given().when().get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void aLoopIsKnownOnceItsRecordIsThereAndGoneAfterItsTombstone() {
        Queue<LoopChange> changes = new ConcurrentLinkedQueue<>();
        directory.onChange(change -> {
            if (change.name().equals("films")) {
                changes.add(change);
            }
        });
        Topic.write(List.of(Topic.record(Topics.LOOPS, "films", loop("films", 1))));
        await().atMost(SOON).until(() -> directory.find("films").isPresent());
        Topic.write(List.of(Topic.record(Topics.LOOPS, "films", loop("films", 2))));
        await().atMost(SOON).until(() -> directory.get("films").revision() == 2);
        Topic.write(List.of(Topic.record(Topics.LOOPS, "films", null)));
        await().atMost(SOON).until(() -> directory.find("films").isEmpty());
        await().atMost(SOON).until(() -> changes.size() == 3);
        assertThat(changes).extracting(change -> change.before().isPresent()).containsExactly(false, true, true);
        assertThat(changes).extracting(change -> change.after().isPresent()).containsExactly(true, true, false);
        given().when().get("/v1/sample/loops/films").then().statusCode(404);
    }

    @Test
    void poisonGoesToTheDeadLettersAndTheNextRecordIsRead() {
        var unknownVersion = Topic.record(Topics.LOOPS, "poison-version", loop("poison-version", 1));
        unknownVersion.headers().add(Headers.CE_TYPE, "io.leeway.loop.v2".getBytes(StandardCharsets.UTF_8));
        Topic.write(List.of(
                Topic.record(Topics.LOOPS, "poison-syntax", "{\"name\":"),
                Topic.record(
                        Topics.LOOPS,
                        "poison-value",
                        loop("poison-value", 1).replace("\"revision\":1", "\"revision\":0")),
                Topic.record(Topics.LOOPS, "poison-key", loop("another", 1)),
                unknownVersion,
                Topic.record(Topics.LOOPS, "after-poison", loop("after-poison", 1))));
        await().atMost(SOON).until(() -> directory.find("after-poison").isPresent());
        assertThat(directory.all()).extracting(Loop::name).noneMatch(name -> name.startsWith("poison"));
        assertThat(reason("poison-syntax")).startsWith("not JSON at line 1");
        assertThat(reason("poison-value")).contains("must be >= 1: revision=0");
        assertThat(reason("poison-key")).isEqualTo("must be the record's key poison-key: name=another");
        assertThat(reason("poison-version")).contains("ce_type=io.leeway.loop.v2");
    }

    @Test
    void fieldsThatThisVersionDoesNotKnowAreKept() {
        String json = loop("newer", 1).replaceFirst("\\{", "{\"team\":\"a\",");
        Topic.write(List.of(Topic.record(Topics.LOOPS, "newer", json)));
        await().atMost(SOON).until(() -> directory.find("newer").isPresent());
        assertThat(directory.get("newer").other()).containsEntry("team", "a");
    }

    static String loop(String name, long revision) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        return Json.text(new Loop(name, revision, "salt", LoopSettings.of(LoopKind.BANDIT), null, now, now, null));
    }

    private static String reason(String key) {
        List<ConsumerRecord<String, byte[]>> letters = Topic.read(Topics.deadLetter(Topics.LOOPS)).stream()
                .filter(record -> record.key().equals(key))
                .toList();
        assertThat(letters).hasSize(1);
        return Topic.header(letters.get(0), Headers.DEAD_LETTER_REASON);
    }
}
