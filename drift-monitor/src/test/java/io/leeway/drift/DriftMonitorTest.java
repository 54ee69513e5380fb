package io.leeway.drift;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import io.leeway.contracts.Cause;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Loop;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.Topics;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.ProfileLearner;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.stack.testing.LeewayTestResource;
import io.leeway.stack.testing.LocalStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service on a real broker, each test with a loop of its own. */
@QuarkusTest
@QuarkusTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class DriftMonitorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String STATUS = "/v1/loops/{loop}/drift";

    private TestTopics topics;
    private final Random random = new Random(1000);

    @BeforeEach
    void connect() {
        topics = new TestTopics(LocalStack.sharedBroker().bootstrapServers());
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
    }

    @AfterEach
    void disconnect() {
        topics.close();
    }

    private void make(Loop loop) {
        topics.make(loop);
        ProfileLearner learner = new ProfileLearner();
        for (int i = 0; i < 2000; i++) {
            learner.observe("t" + i, Map.of("age", 40 + 10 * random.nextGaussian()));
        }
        Profile profile = learner.profile();
        topics.promote(loop.name(), 1, profile);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        when().get(STATUS, loop.name()).then().statusCode(200).body("modelVersion", equalTo(1)));
    }

    /** Decisions with their feedback, spread over the partitions by their ids. */
    private void traffic(String loop, int from, int count, double rewardRate, double age) {
        Instant start = Instant.now();
        for (int i = from; i < from + count; i++) {
            Map<String, Object> context = Map.of("age", age + 10 * random.nextGaussian());
            Decision decision = Events.decision(loop, loop + "-" + i, 1, start.plusMillis(i), context);
            topics.send(EventType.DECISION, decision.eventId(), decision);
            topics.send(
                    EventType.FEEDBACK,
                    decision.eventId(),
                    Events.feedback(decision, random.nextDouble() < rewardRate ? 1 : 0));
        }
        topics.flush();
    }

    private void awaitFeedbacks(String loop, int feedbacks) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> when().get(STATUS, loop).then().statusCode(200).body("feedbacks", equalTo(feedbacks)));
    }

    /** Drift events of quality. */
    private List<Drift> drifts(String loop) {
        return topics.read(EventType.DRIFT, loop, Drift.class).stream()
                .filter(drift -> drift.kind() == DriftKind.QUALITY)
                .toList();
    }

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
        traffic("swap", 400, 300, 0.05, 40);
        await().atMost(PATIENCE).until(() -> !drifts("swap").isEmpty());
        topics.promote("swap", 2, Profile.EMPTY);
        await().atMost(PATIENCE).until(() -> drifts("swap").size() > 1);
        Drift resolved = drifts("swap").get(1);
        assertThat(resolved.state()).isEqualTo(DriftState.RESOLVED);
        assertThat(resolved.description()).isEqualTo("model version 2 serves");
        await().atMost(PATIENCE).untilAsserted(() -> when().get(STATUS, "swap")
                .then()
                .body("modelVersion", equalTo(2))
                .body("feedbacks", equalTo(0))
                .body("active", hasSize(0)));
    }

    @Test
    void aCheckOnDemandNamesWhatMovedAndRaisesNothing() {
        make(Loops.bandit("asked", Loops.drift(5000, true, Duration.ZERO, 24)));
        when().post(STATUS + "/check", "asked").then().statusCode(409).contentType("application/problem+json");
        traffic("asked", 0, 300, 0.7, 60);
        awaitFeedbacks("asked", 300);
        await().atMost(PATIENCE).untilAsserted(() -> when().post(STATUS + "/check", "asked")
                .then()
                .statusCode(200)
                .body("rows", equalTo(300))
                .body("inputs", equalTo(1))
                .body("drifted", equalTo(true))
                .body("moved[0].input", equalTo("age"))
                .body("description", containsString("age: median")));
        assertThat(drifts("asked")).isEmpty();
    }

    @Test
    void aCheckByHandCountsAndAsksForRetrainingByTheLoopsPolicy() {
        make(Loops.bandit("hand", Loops.drift(400, true, Duration.ZERO, 24)));
        traffic("hand", 0, 300, 0.7, 60);
        awaitFeedbacks("hand", 300);
        given().contentType("application/json")
                .body("{\"retrain\": true}")
                .post("/v1/loops/hand/checks")
                .then()
                .statusCode(200)
                .body("drifted", equalTo(true))
                .body("checks[0].check", equalTo("baseline_drift_check"))
                .body("retrainRequestId", notNullValue());
        given().contentType("application/json")
                .body("{\"retrain\": true}")
                .post("/v1/loops/hand/checks")
                .then()
                .statusCode(200)
                .body("retrainRequestId", nullValue())
                .body("notRetrained", equalTo("a request is open"));
        traffic("hand", 300, 200, 0.7, 60);
        awaitFeedbacks("hand", 500);
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get(STATUS, "hand").then().body("decisions", equalTo(500)));
        given().contentType("application/json")
                .body("{}")
                .post("/v1/loops/hand/checks")
                .then()
                .statusCode(200);
        await().atMost(PATIENCE).untilAsserted(() -> when().get(STATUS + "/history", "hand")
                .then()
                .body("state", contains("detected", "suspected")));
        String next = given().queryParam("limit", 1)
                .get(STATUS + "/history", "hand")
                .then()
                .statusCode(200)
                .body("state", contains("detected"))
                .header("Link", containsString("rel=\"next\""))
                .extract()
                .path("[0].driftId");
        given().queryParam("limit", 5)
                .queryParam("after", next + "/detected")
                .get(STATUS + "/history", "hand")
                .then()
                .statusCode(200)
                .body("state", contains("suspected"))
                .header("Link", nullValue());
        given().queryParam("after", "nothing")
                .get(STATUS + "/history", "hand")
                .then()
                .statusCode(400);
        List<RetrainRequest> requests = topics.read(EventType.RETRAIN_REQUEST, "hand", RetrainRequest.class);
        assertThat(requests).extracting(RetrainRequest::cause).containsExactly(Cause.PERSON);
    }

    @Test
    void anInputIsShownAsItWasAndAsItIs() {
        make(Loops.bandit("seen", Loops.drift(5000, true, Duration.ZERO, 24)));
        traffic("seen", 0, 300, 0.7, 60);
        awaitFeedbacks("seen", 300);
        when().get(STATUS + "/inputs/age", "seen")
                .then()
                .statusCode(200)
                .body("reference", equalTo("the training data"))
                .body("tests[0].drifted", equalTo(true))
                .body("before.quantiles[50]", greaterThan(37f))
                .body("before.quantiles[50]", lessThan(43f))
                .body("after.mean", greaterThan(57f))
                .body("after.rows", equalTo(300))
                .body("description", containsString("age: median"));
        when().get(STATUS + "/inputs/height", "seen").then().statusCode(404);
        assertThat(drifts("seen")).isEmpty();
    }

    @Test
    void aDataSetThatIsUploadedIsTheReferenceOfTheLoopThatNamesIt() {
        DriftSettings march = new DriftSettings(
                null, null, null, null, null, 5000, null, null, null, null, null, "march", null, null);
        make(Loops.bandit("named", march));
        traffic("named", 0, 100, 0.7, 40);
        awaitFeedbacks("named", 100);
        when().get(STATUS + "/inputs/age", "named")
                .then()
                .statusCode(409)
                .body("detail", containsString("there is no data set march"));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            lines.append("{\"age\": ").append(70 + random.nextGaussian()).append("}\n");
        }
        given().contentType("application/x-ndjson")
                .body(lines.toString())
                .put(STATUS + "/datasets/march", "named")
                .then()
                .statusCode(200)
                .body("rows", equalTo(500))
                .body("inputs", equalTo(1));
        when().get(STATUS + "/datasets", "named").then().statusCode(200).body("name", contains("march"));
        when().get(STATUS + "/inputs/age", "named")
                .then()
                .statusCode(200)
                .body("reference", equalTo("data set march"))
                .body("tests[0].drifted", equalTo(true));
        given().contentType("application/x-ndjson")
                .body("{\"age\":")
                .put(STATUS + "/datasets/april", "named")
                .then()
                .statusCode(400);
        given().contentType("application/x-ndjson")
                .body("{}")
                .put(STATUS + "/datasets/model", "named")
                .then()
                .statusCode(400);
        when().delete(STATUS + "/datasets/march", "named").then().statusCode(204);
        when().get(STATUS + "/datasets", "named").then().body("name", hasSize(0));
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
