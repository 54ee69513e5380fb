package io.leeway.prediction.http;

import static io.leeway.prediction.World.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.prediction.TestLoops;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The broker goes away and comes back. */
@QuarkusTest
@TestProfile(OutageTest.Impatient.class)
@WithTestResource(OwnBroker.class)
class OutageTest {
    private static final String DECISIONS = "/v1/loops/films/decisions";

    /** Refuses after a second, so that the test need not wait for long. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mp.messaging.outgoing.events.max.block.ms", "1000",
                    "prediction-service.log.patience", "PT1S",
                    "prediction-service.log.retry-after", "PT2S");
        }
    }

    @Test
    void nothingIsAnsweredNorHangsWithoutTheBrokerAndTheSameDecisionIsMadeAfterwards() {
        OwnBroker.write(Topics.LOOPS, "films", Json.bytes(TestLoops.bandit("films", null, "a", "b")));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get("/v1/loops/films").statusCode() == 200);
        post(DECISIONS, "{\"eventId\": \"before\"}").statusCode(200);

        OwnBroker.kill();
        Instant begin = Instant.now();
        unavailable(post(DECISIONS, "{\"eventId\": \"during\"}"));
        unavailable(post("/v1/loops/films/rewards", "{\"eventId\": \"before\", \"value\": 1}"));
        unavailable(given().post(DECISIONS + "/before/activation").then());
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
        post(DECISIONS, "{\"eventId\": \"before\"}").statusCode(200);

        OwnBroker.restart();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> post(DECISIONS, "{\"eventId\": \"during\"}")
                .statusCode(200));
        assertThat(OwnBroker.count(Topics.DECISIONS, "during")).isEqualTo(1);
    }

    private static void unavailable(ValidatableResponse answer) {
        answer.statusCode(503)
                .header("Retry-After", equalTo("2"))
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/unavailable"));
    }
}
