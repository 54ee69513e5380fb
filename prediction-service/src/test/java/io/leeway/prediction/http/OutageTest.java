package io.leeway.prediction.http;

import static io.leeway.prediction.World.eventually;
import static io.leeway.prediction.World.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.leeway.contracts.Action;
import io.leeway.contracts.Json;
import io.leeway.contracts.LogSettings;
import io.leeway.contracts.LogSettings.ConfirmedBy;
import io.leeway.contracts.LogSettings.WhenFull;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.Topics;
import io.leeway.core.model.Artifact;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.TestModels;
import io.leeway.prediction.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The broker goes away and comes back. */
@QuarkusTest
@TestProfile(OutageTest.Impatient.class)
@WithTestResource(OwnBroker.class)
class OutageTest {
    private static final int DURING = 200;
    private static final String FILMS = "/v1/loops/films";
    private static final String CAREFUL = "/v1/loops/careful";
    private static final String LENIENT = "/v1/loops/lenient";

    /** Refuses after five seconds, and has a small journal, so that the test need not wait for long. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "prediction-service.journal.bound", "16M",
                    "prediction-service.journal.segment", "8M",
                    "mp.messaging.outgoing.events.max.block.ms", "1000",
                    "prediction-service.log.patience", "PT5S",
                    "prediction-service.log.retry-after", "PT2S");
        }
    }

    @Test
    void answersGoOnWithoutTheBrokerAndNoneIsLostOrDoubled() {
        makeLoops();
        post(FILMS + "/decisions", "{\"eventId\": \"before\"}").statusCode(200);
        eventually().until(() -> OwnBroker.count(Topics.DECISIONS, "before") == 1);
        post(CAREFUL + "/decisions", "{\"eventId\": \"careful before\"}").statusCode(200);

        OwnBroker.kill();
        for (int i = 0; i < DURING; i++) {
            post(FILMS + "/decisions", "{\"eventId\": \"during-" + i + "\"}").statusCode(200);
        }
        post(FILMS + "/rewards", "{\"eventId\": \"during-0\", \"value\": 1}").statusCode(202);
        given().post(FILMS + "/decisions/during-0/activation").then().statusCode(202);
        whoAsksForTheBrokersWordIsRefusedInTime();
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'journal' }.data.backlogRecords", greaterThan(DURING));

        OwnBroker.restart();
        awaitShipped();
        Map<String, Long> decisions = counts(Topics.DECISIONS);
        assertThat(decisions.keySet())
                .containsAll(
                        IntStream.range(0, DURING).mapToObj(i -> "during-" + i).toList());
        assertThat(decisions.values()).containsOnly(1L);
        assertThat(counts(Topics.REWARDS)).containsEntry("during-0", 2L);
        // The same decision that was refused; it was in the journal all along.
        eventually().untilAsserted(() -> post(CAREFUL + "/decisions", "{\"eventId\": \"careful during\"}")
                .statusCode(200));
        assertThat(OwnBroker.count(Topics.DECISIONS, "careful during")).isEqualTo(1);
    }

    @Test
    void atTheJournalsBoundEachLoopGetsWhatItSaysAndNothingAnsweredAndLoggedIsLost() {
        makeLoops();
        String noise = ",\"context\":{\"noise\":\"" + "n".repeat(1_900_000) + "\"}}";
        OwnBroker.kill();
        int answered = 0;
        ValidatableResponse answer;
        do {
            answer = post(FILMS + "/decisions", "{\"eventId\":\"full-" + answered++ + "\"" + noise);
        } while (answered < 100 && answer.extract().statusCode() == 200);
        int logged = answered - 1;
        assertThat(logged).isBetween(4, 20);
        unavailable(answer);
        unavailable(post(
                FILMS + "/rewards", "{\"eventId\":\"full-0\",\"value\":1,\"x\":\"" + "n".repeat(1_900_000) + "\"}"));
        for (int i = 0; i < 3; i++) {
            post(LENIENT + "/decisions", "{\"eventId\":\"unlogged-" + i + "\"" + noise)
                    .statusCode(200);
        }
        assertThat(given().get("/q/metrics").asString())
                .contains("leeway_decisions_unlogged_total{loop=\"lenient\"} 3.0");

        OwnBroker.restart();
        awaitShipped();
        eventually().untilAsserted(() -> post(FILMS + "/decisions", "{\"eventId\":\"full-" + logged + "\"" + noise)
                .statusCode(200));
        awaitShipped();
        Map<String, Long> decisions = counts(Topics.DECISIONS);
        assertThat(decisions.keySet())
                .containsAll(IntStream.rangeClosed(0, logged)
                        .mapToObj(i -> "full-" + i)
                        .toList())
                .noneMatch(key -> key.startsWith("unlogged-"));
        assertThat(decisions.values()).containsOnly(1L);
    }

    @Test
    void aModelThatIsLongOnItsWayLeavesTheOldOneServing() {
        makeLoops();
        publish(1, "a");
        eventually().untilAsserted(() -> served(1));
        Thread publisher = new Thread(() -> publish(2, "b"));
        OwnBroker.signal("STOP");
        try {
            publisher.start();
            eventually().during(Duration.ofSeconds(2)).untilAsserted(() -> served(1));
        } finally {
            OwnBroker.signal("CONT");
        }
        eventually().untilAsserted(() -> served(2));
    }

    private static void served(int version) {
        post(FILMS + "/decisions", "{}").statusCode(200).body("modelVersion", equalTo(version));
    }

    private static void publish(long version, String preferred) {
        byte[] bytes = TestModels.preferring("films", preferred, "a", "b").toBytes();
        World.publish(
                OwnBroker.bootstrapServers(), "films", ModelRole.CHAMPION, version, Artifact.sha256(bytes), bytes);
    }

    private static void whoAsksForTheBrokersWordIsRefusedInTime() {
        Instant begin = Instant.now();
        unavailable(post(CAREFUL + "/decisions", "{\"eventId\": \"careful during\"}"));
        unavailable(post(CAREFUL + "/rewards", "{\"eventId\": \"careful before\", \"value\": 1}"));
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
        post(CAREFUL + "/decisions", "{\"eventId\": \"careful before\"}").statusCode(200);
        post(FILMS + "/decisions", "{\"eventId\": \"others are not held up\"}").statusCode(200);
    }

    private static void makeLoops() {
        OwnBroker.write(Topics.LOOPS, "films", Json.bytes(TestLoops.bandit("films", null, "a", "b")));
        OwnBroker.write(
                Topics.LOOPS, "careful", Json.bytes(logging("careful", new LogSettings(ConfirmedBy.BROKER, null))));
        OwnBroker.write(
                Topics.LOOPS, "lenient", Json.bytes(logging("lenient", new LogSettings(null, WhenFull.ANSWER))));
        eventually()
                .until(() -> given().get(FILMS).statusCode() == 200
                        && given().get(CAREFUL).statusCode() == 200
                        && given().get(LENIENT).statusCode() == 200
                        && given().get("/q/health/ready").statusCode() == 200);
    }

    private static Loop logging(String name, LogSettings log) {
        LoopSettings settings = LoopSettings.builder(LoopKind.BANDIT)
                .actions(List.of(Action.of("a"), Action.of("b")))
                .log(log)
                .build();
        return TestLoops.of(name, settings, null);
    }

    private static void awaitShipped() {
        eventually().untilAsserted(() -> given().get("/q/health/ready")
                .then()
                .body("checks.find { it.name == 'journal' }.data.backlogRecords", equalTo(0)));
    }

    private static Map<String, Long> counts(String topic) {
        return World.read(OwnBroker.bootstrapServers(), topic).stream()
                .map((Function<ConsumerRecord<String, byte[]>, String>) ConsumerRecord::key)
                .collect(Collectors.groupingBy(key -> key, Collectors.counting()));
    }

    private static void unavailable(ValidatableResponse answer) {
        answer.statusCode(503)
                .header("Retry-After", equalTo("2"))
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/unavailable"));
    }
}
