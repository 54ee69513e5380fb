package io.leeway.training;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.leeway.contracts.Cause;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.Topics;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.Job;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.contracts.rest.Rollout;
import io.leeway.contracts.rest.RolloutState;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.stack.testing.LeewayTestResource;
import io.leeway.stack.testing.LocalStack;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Canaries on a real broker and database: promoted, and taken back, by themselves. */
@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class RolloutFlowTest {
    private static final Logger LOG = Logger.getLogger(RolloutFlowTest.class);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final double SHARE = 0.5;

    @Inject
    RollOut rollOut;

    @Inject
    Rollouts rollouts;

    @Inject
    NotedOffsets noted;

    @Inject
    FeedbackStream stream;

    @Test
    void aBetterVersionIsPromotedAndAWorseOneTakenBackByItself() throws SQLException {
        World world = withBadChampion("canary");
        assertThat(train("canary", world.feedback(600), START.plusSeconds(60))).contains("is rolled out as canary");
        Rollout begun = rollout("canary");
        assertThat(begun.state()).isEqualTo(RolloutState.RUNNING);
        assertThat(begun.championVersion()).isEqualTo(1);
        assertThat(loop("canary").canaryShare(2)).isEqualTo(SHARE);
        assertThat(loop("canary").canaryShare(1)).isZero();
        awaitPublished("canary/challenger", "2");
        Instant start = Instant.now();
        Rollout promoted = serve("canary", 1, 2);
        tell("promoted", start, promoted);
        assertThat(promoted.state()).as(promoted.verdict().reason()).isEqualTo(RolloutState.PROMOTED);
        assertThat(promoted.verdict().passed()).isTrue();
        assertThat(number(promoted.verdict(), "gainLower")).isGreaterThan(-0.02);
        awaitPublished("canary/champion", "2");
        assertThat(loop("canary").canary()).isNull();
        ModelVersion version = version("canary", 2);
        assertThat(version.roles()).containsExactly("champion");
        assertThat(version.gates())
                .extracting(GateVerdict::gate)
                .containsExactly("data", "quality", "serving", "rollout");

        // Few held-out rows cannot prove what shuffled rewards have done to the next one; live rewards can.
        assertThat(train("canary", world.shuffled(300), START.plusSeconds(120))).contains("is rolled out as canary");
        start = Instant.now();
        Rollout back = serve("canary", 2, 3);
        tell("taken back", start, back);
        assertThat(back.state()).as(back.verdict().reason()).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(back.verdict().reason()).startsWith("worse than the champion on live rewards");
        assertThat(version("canary", 2).roles()).containsExactly("champion");
        assertThat(version("canary", 3).roles()).isEmpty();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events("canary"))
                .contains(TrainingEventType.ROLLOUT, TrainingEventType.ROLLED_BACK));
        undo();
    }

    /** Continues with the loop of the test above, in which version 2 followed version 1. */
    private static void undo() throws SQLException {
        damage("canary", 1);
        post("canary/rollback", Map.of("reason", "complaints", "by", "test"))
                .statusCode(409)
                .body("detail", containsString("version 1 stays where it is: its artifact has the sha256"));
        assertThat(version("canary", 2).roles()).containsExactly("champion");
        damage("canary", 1);
        post("canary/rollback", Map.of("reason", "complaints", "by", "test"))
                .statusCode(200)
                .body("version", equalTo(1));
        awaitPublished("canary/champion", "1");
        post("canary/rollback", Map.of("reason", "more", "by", "test"))
                .statusCode(409)
                .body("detail", containsString("must have had a champion before"));
    }

    @Test
    void eachFeedbackCountsOnceAndAnAlarmTakesTheVersionBackAtOnce() {
        World world = withBadChampion("alarmed");
        train("alarmed", world.feedback(600), START.plusSeconds(60));
        List<Feedback> feedback = traffic("alarmed", 1, 2).feedback(20, SHARE);
        List<LiveFeedback> records = new ArrayList<>();
        for (int i = 0; i < feedback.size(); i++) {
            records.add(new LiveFeedback(77, 1000 + i, feedback.get(i)));
        }
        rollOut.take("alarmed", records.subList(0, 15));
        rollOut.take("alarmed", records);
        rollOut.take("alarmed", records);
        rollOut.decideIfDue("alarmed");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(number(rollout("alarmed").verdict(), "events"))
                        .isEqualTo(20));
        // A topic that was made anew numbers its records from 0 again: they are others, though their numbers have been
        // seen.
        assertThat(noted.areOf("a topic that was made anew")).isTrue();
        noted.areOf(stream.topic()); // As the service itself finds out in the next seconds.
        assertThat(noted.areOf(stream.topic())).isFalse();
        List<LiveFeedback> anew = new ArrayList<>();
        List<Feedback> more = traffic("alarmed", 1, 2).feedback(8, SHARE);
        for (int i = 0; i < more.size(); i++) {
            anew.add(new LiveFeedback(77, i, more.get(i)));
        }
        rollOut.take("alarmed", anew);
        rollOut.take("alarmed", anew);
        await().atMost(PATIENCE).untilAsserted(() -> {
            rollOut.decideIfDue("alarmed");
            assertThat(number(rollout("alarmed").verdict(), "events")).isEqualTo(28);
        });
        post("alarmed/rollout/alarm", Map.of("modelVersion", 1, "reason", "another version"))
                .statusCode(404);
        assertThat(rollout("alarmed").state()).isEqualTo(RolloutState.RUNNING);
        // What a predictor writes that cannot use a version.
        TrainingEvent refused = new TrainingEvent(
                "refused-1", "alarmed", null, START, TrainingEventType.REFUSED, 2L, null, "took 2 s to score", null);
        // Again and again: who hears of alarms begins with those that come after it has.
        await().pollInterval(Duration.ofSeconds(1)).atMost(PATIENCE).untilAsserted(() -> {
            FeedbackWriter.write(Topics.TRAINING_EVENTS, "alarmed", Json.bytes(refused));
            assertThat(rollout("alarmed").state()).isEqualTo(RolloutState.ROLLED_BACK);
        });
        assertThat(rollout("alarmed").verdict().reason()).isEqualTo("alarm: took 2 s to score");
        assertThat(version("alarmed", 1).roles()).containsExactly("champion");
        assertThat(loop("alarmed").canary()).isNull();
        assertThat(rollouts.active("alarmed")).isEmpty();
    }

    @Test
    void aVersionWaitsForApprovalWhereAPersonDecides() {
        World world = new World("manual", 5, START);
        makeLoop("manual", "manual");
        assertThat(train("manual", world.feedback(400), null)).contains("waits for approval");
        assertThat(rollout("manual").state()).isEqualTo(RolloutState.WAITING);
        assertThat(version("manual", 1).roles()).isEmpty();
        post("manual/rollout/approve", Map.of("by", "test", "reason", "looks good"))
                .statusCode(200)
                .body("state", equalTo("promoted"));
        awaitPublished("manual/champion", "1");
        post("manual/rollout/approve", Map.of("by", "test")).statusCode(409);
    }

    /** A loop whose champion learned from shuffled rewards and was made champion by hand. */
    private static World withBadChampion(String loop) {
        makeLoop(loop, "canary");
        World world = new World(loop, 4, START);
        train(loop, world.shuffled(600), null);
        given().contentType(ContentType.JSON)
                .body(Map.of("version", 1, "reason", "by hand"))
                .put("/v1/loops/" + loop + "/roles/champion")
                .then()
                .statusCode(200);
        return world;
    }

    private static void makeLoop(String loop, String mode) {
        given().contentType(ContentType.JSON)
                .body("{\"kind\":\"bandit\",\"training\":{\"learner\":\"linear\",\"minimumFeedback\":300,"
                        + "\"holdoutShare\":0.1},\"rollout\":{\"mode\":\"" + mode + "\",\"shares\":[" + SHARE
                        + "],\"bakingTime\":\"PT0S\"}}")
                .put("/v1/loops/" + loop)
                .then()
                .statusCode(201);
    }

    /** How the job ended, in words. */
    static String train(String loop, List<Feedback> feedback, Instant since) {
        FeedbackWriter.write(feedback);
        String id = loop + "-" + feedback.get(0).eventId();
        RetrainRequest request =
                new RetrainRequest(id, loop, null, Cause.PERSON, null, null, null, since, null, List.of(), null);
        int before = jobs(loop).length;
        FeedbackWriter.write(Topics.RETRAIN_REQUESTS, loop, Json.bytes(request));
        await().atMost(PATIENCE)
                .until(() -> jobs(loop).length > before && jobs(loop)[0].state().ended());
        return jobs(loop)[0].message();
    }

    /** Writes decisions of the mixture with their rewards until the rollout is decided. */
    private static Rollout serve(String loop, long champion, long challenger) {
        CanaryTraffic traffic = traffic(loop, champion, challenger);
        await().pollInterval(Duration.ofMillis(200)).atMost(PATIENCE).until(() -> {
            if (rollout(loop).state() == RolloutState.RUNNING) {
                FeedbackWriter.write(traffic.feedback(200, SHARE));
            }
            return rollout(loop).state() != RolloutState.RUNNING;
        });
        return rollout(loop);
    }

    private static CanaryTraffic traffic(String loop, long champion, long challenger) {
        return new CanaryTraffic(loop, champion, artifact(loop, champion), challenger, artifact(loop, challenger));
    }

    private static void tell(String what, Instant start, Rollout rollout) {
        LOG.infof(
                "canary %s after %s events and %d ms: %s",
                what,
                rollout.verdict().figures().get("events"),
                Duration.between(start, Instant.now()).toMillis(),
                rollout.verdict().reason());
    }

    private static double number(GateVerdict verdict, String figure) {
        return ((Number) verdict.figures().get(figure)).doubleValue();
    }

    private static io.restassured.response.ValidatableResponse post(String path, Map<String, Object> body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/loops/" + path)
                .then();
    }

    static Rollout rollout(String loop) {
        return Json.read(given().get("/v1/loops/" + loop + "/rollout").asByteArray(), Rollout.class);
    }

    private static Loop loop(String loop) {
        return Json.read(given().get("/v1/loops/" + loop).asByteArray(), Loop.class);
    }

    private static Job[] jobs(String loop) {
        return Json.read(given().get("/v1/jobs?loop=" + loop).asByteArray(), Job[].class);
    }

    static byte[] artifact(String loop, long version) {
        return given().get("/v1/loops/" + loop + "/versions/" + version + "/artifact")
                .asByteArray();
    }

    static ModelVersion version(String loop, long version) {
        return Json.read(
                given().get("/v1/loops/" + loop + "/versions/" + version).asByteArray(), ModelVersion.class);
    }

    static void awaitPublished(String key, String version) {
        await().atMost(PATIENCE).until(() -> {
            List<ConsumerRecord<String, byte[]>> all = TopicReader.ofKey(Topics.MODELS, key);
            ConsumerRecord<String, byte[]> last = all.isEmpty() ? null : all.get(all.size() - 1);
            return last != null
                    && EventHeaders.text(last.headers(), Headers.MODEL_VERSION)
                            .filter(version::equals)
                            .isPresent();
        });
    }

    private static List<TrainingEventType> events(String loop) {
        return TopicReader.ofKey(Topics.TRAINING_EVENTS, loop).stream()
                .map(record -> Json.read(record.value(), TrainingEvent.class).type())
                .toList();
    }

    /** Flips one bit in the middle of the stored artifact; a second time repairs it. */
    private static void damage(String loop, long version) throws SQLException {
        try (Connection connection = LocalStack.shared().connect();
                PreparedStatement flip = connection.prepareStatement(
                        "update registry.artifacts set bytes = set_byte(bytes, length(bytes) / 2,"
                                + " get_byte(bytes, length(bytes) / 2) # 1) where loop = ? and version = ?")) {
            // As a failing disk does it, which asks no trigger.
            Calls.execute("alter table registry.artifacts disable trigger user");
            flip.setString(1, loop);
            flip.setLong(2, version);
            assertThat(flip.executeUpdate()).isEqualTo(1);
            Calls.execute("alter table registry.artifacts enable trigger user");
        }
    }
}
