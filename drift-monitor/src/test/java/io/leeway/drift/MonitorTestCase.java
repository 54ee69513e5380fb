package io.leeway.drift;

import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Loop;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.ProfileLearner;
import io.leeway.stack.testing.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The whole service on a real broker, each test with a loop of its own. */
abstract class MonitorTestCase {
    static final Duration PATIENCE = Duration.ofSeconds(120);
    static final String STATUS = "/v1/loops/{loop}/drift";

    TestTopics topics;
    final Random random = new Random(1000);

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

    void make(Loop loop) {
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
    void traffic(String loop, int from, int count, double rewardRate, double age) {
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

    /** Until all feedback has been taken in, and so have its decisions, which come by another topic. */
    void awaitFeedbacks(String loop, int feedbacks) {
        await().atMost(PATIENCE).untilAsserted(() -> when().get(STATUS, loop)
                .then()
                .statusCode(200)
                .body("feedbacks", equalTo(feedbacks))
                .body("decisions", equalTo(feedbacks)));
    }

    /** Drift events of quality that are more than suspicions. */
    List<Drift> drifts(String loop) {
        return topics.read(EventType.DRIFT, loop, Drift.class).stream()
                .filter(drift -> drift.kind() == DriftKind.QUALITY && drift.state() != DriftState.SUSPECTED)
                .toList();
    }
}
