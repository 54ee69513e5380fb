package io.leeway.drift;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.oneOf;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.Topics;
import io.leeway.core.drift.Profile;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes in, what is told, and to whom. */
@QuarkusTest
@QuarkusTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class DriftMonitorTest extends MonitorTestCase {
    @Test
    void aFallOfRewardsBecomesADriftEventAndExactlyOneRetrainRequest() {
        make(Loops.bandit("fall", Loops.eager()));
        traffic("fall", 0, 500, 0.7, 40);
        awaitFeedbacks("fall", 500);
        assertThat(drifts("fall")).isEmpty();
        traffic("fall", 500, 300, 0.05, 40);
        await().atMost(PATIENCE).until(() -> !drifts("fall").isEmpty());
        awaitFeedbacks("fall", 800);

        List<Drift> drifts = drifts("fall");
        assertThat(drifts).extracting(Drift::state).containsExactly(DriftState.DETECTED);
        assertThat(drifts.get(0).description())
                .contains("mean reward minus predicted")
                .contains("a degradation");
        List<RetrainRequest> requests = topics.read(EventType.RETRAIN_REQUEST, "fall", RetrainRequest.class);
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).driftId()).isEqualTo(drifts.get(0).driftId());

        when().get(STATUS, "fall")
                .then()
                .body("active.driftId", hasItem(drifts.get(0).driftId()))
                .body("active.kind", everyItem(oneOf("quality", "rewards")))
                .body("retrainRequests", equalTo(1))
                .body("decisions", equalTo(800))
                .body("figures.meanReward", greaterThan(0.3f))
                .body("figures.retrainRequestOpen", equalTo(true));
        await().atMost(PATIENCE).untilAsserted(() -> when().get(STATUS + "/history", "fall")
                .then()
                .statusCode(200)
                .body("driftId", hasItem(drifts.get(0).driftId())));
        given().queryParam("limit", 0).get(STATUS + "/history", "fall").then().statusCode(400);
        when().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("leeway_drift_alarms_total{kind=\"quality\",loop=\"fall\"} 1.0"))
                .body(containsString("leeway_retrain_requests_total{cause=\"drift\",loop=\"fall\"} 1.0"))
                .body(containsString(
                        "leeway_drift_events_total{kind=\"quality\",loop=\"fall\",state=\"detected\"} 1.0"))
                .body(containsString("leeway_drift_state{kind=\"quality\",loop=\"fall\"} 2.0"))
                .body(containsString("leeway_drift_state{kind=\"data\",loop=\"fall\"} 0.0"));
        when().get(STATUS + "/report", "fall")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("Drift of fall"))
                .body(containsString("a degradation"))
                .body(containsString("Evidence for a change"));
    }

    @Test
    void aModelThatIsSwappedInEndsTheDrift() {
        make(Loops.bandit("swap", Loops.eager()));
        traffic("swap", 0, 400, 0.7, 40);
        awaitFeedbacks("swap", 400);
        traffic("swap", 400, 300, 0.05, 40);
        await().atMost(PATIENCE).until(() -> !detected(drifts("swap")).isEmpty());
        topics.promote("swap", 2, Profile.EMPTY);
        // More than one measure may have drifted by then; what was only suspected may come to nothing by itself.
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<Drift> drifts = drifts("swap");
            assertThat(detected(drifts)).allSatisfy(id -> assertThat(drifts)
                    .filteredOn(drift -> drift.driftId().equals(id) && drift.state() == DriftState.RESOLVED)
                    .extracting(Drift::description)
                    .containsExactly("model version 2 serves"));
        });
        await().atMost(PATIENCE).untilAsserted(() -> when().get(STATUS, "swap")
                .then()
                .body("modelVersion", equalTo(2))
                .body("feedbacks", equalTo(0))
                .body("active", hasSize(0)));
    }

    private static List<String> detected(List<Drift> drifts) {
        return drifts.stream()
                .filter(drift -> drift.state() == DriftState.DETECTED)
                .map(Drift::driftId)
                .toList();
    }

    @Test
    void poisonGoesToTheDeadLettersAndStopsNothing() {
        make(Loops.bandit("poison", Loops.eager()));
        topics.sendBytes(Topics.FEEDBACK, "poison-key", "not json".getBytes(StandardCharsets.UTF_8));
        topics.sendBytes(Topics.DECISIONS, "poison-key", new byte[] {0, 1, 2});
        traffic("poison", 0, 150, 0.7, 40);
        awaitFeedbacks("poison", 150);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(topics.read(Topics.deadLetter(Topics.FEEDBACK))).anySatisfy(letter -> {
                assertThat(letter.key()).isEqualTo("poison-key");
                assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("not json");
                assertThat(EventHeaders.text(letter.headers(), Headers.DEAD_LETTER_REASON)
                                .orElseThrow())
                        .contains("not JSON");
            });
            assertThat(topics.read(Topics.deadLetter(Topics.DECISIONS))).isNotEmpty();
        });
    }

    @Test
    void aLoopThatNobodyMadeIsUnknownEverywhere() {
        for (String path : List.of("/v1/loops/nobody/drift", "/v1/loops/nobody/drift/history")) {
            when().get(path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("title", equalTo("There is no such loop"));
        }
        when().post("/v1/loops/nobody/drift/check").then().statusCode(404);
    }

    @Test
    void aLoopOfWhichNothingHasComeIsAllZeros() {
        topics.make(Loops.bandit("idle", Loops.eager()));
        topics.flush();
        await().atMost(PATIENCE).untilAsserted(() -> when().get(STATUS, "idle")
                .then()
                .statusCode(200)
                .body("feedbacks", equalTo(0))
                .body("active", hasSize(0)));
    }

    @Test
    void documentsItself() {
        when().get("/q/openapi").then().statusCode(200).body(containsString("/v1/loops/{loop}/drift/check"));
    }
}
