package io.leeway.training;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.leeway.contracts.Cause;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.StepName;
import io.leeway.contracts.StepRecord;
import io.leeway.contracts.StepState;
import io.leeway.contracts.Topics;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.Job;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class TrainingFlowTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @Test
    void feedbackBecomesAPublishedModelThatChoosesBetterThanChance() {
        Calls.makeLoop("flow", Map.of("learner", "dl4j", "minimumFeedback", 600));
        FeedbackWriter.write(new World("flow", 1, START).feedback(900));
        FeedbackWriter.write(new World("elsewhere", 1, START).feedback(50));
        StepRecord generated = new StepRecord(
                StepName.GENERATOR, StepState.DONE, "simulator", START, START, Map.of("rows", 900), null);
        RetrainRequest request = request("flow-1", "flow", null, List.of(generated));
        Calls.ask(request);
        Calls.ask(request);
        Job job = Calls.awaitEndOf("flow");
        assertThat(job.state()).as(job.message()).isEqualTo(StepState.DONE);
        assertThat(job.steps())
                .extracting(StepRecord::step)
                .containsExactly(StepName.GENERATOR, StepName.INGESTER, StepName.TRAINER, StepName.DEPLOYER);
        assertThat(job.steps()).extracting(StepRecord::state).containsOnly(StepState.DONE);
        given().get("/v1/jobs?loop=flow").then().body("", hasSize(1));
        ModelVersion version = Calls.version("flow", 1);
        assertThat(version.roles()).containsExactly("champion");
        assertThat(version.gates()).extracting(GateVerdict::passed).containsOnly(true);
        assertThat(version.provenance()).extractingByKey("dataset").asString().contains("rows=900");
        assertThat(version.provenance()).extractingByKey("commit").asString().matches("unknown|[0-9a-f]{40}");
        ConsumerRecord<String, byte[]> published = awaitPublished("flow/champion", 1);
        assertThat(header(published, Headers.MODEL_VERSION)).isEqualTo("1");
        assertThat(header(published, Headers.MODEL_SHA256))
                .isEqualTo(Artifact.sha256(published.value()))
                .isEqualTo(version.sha256());
        assertThat(given().get("/v1/loops/flow/versions/1/artifact").asByteArray())
                .isEqualTo(published.value());
        assertThat(greedyReward(published.value())).isGreaterThan(0.7);
        reproduces("flow", 1);
        assertThat(events("flow"))
                .contains(TrainingEventType.QUEUED, TrainingEventType.REGISTERED, TrainingEventType.PROMOTED);
    }

    @Test
    void aWorseCandidateIsKeptOutAndAPromotionByHandCanBeUndone() {
        Calls.makeLoop("gated", Map.of("learner", "linear", "minimumFeedback", 300));
        World world = new World("gated", 2, START);
        FeedbackWriter.write(world.feedback(600));
        Calls.ask(request("gated-1", "gated", null, List.of()));
        assertThat(Calls.awaitEndOf("gated").state()).isEqualTo(StepState.DONE);
        FeedbackWriter.write(world.shuffled(900));
        Calls.ask(request("gated-2", "gated", START.plusSeconds(60), List.of()));
        Job rejected = Calls.awaitEndOf("gated", job -> job.modelVersion() == 2);
        assertThat(rejected.state()).isEqualTo(StepState.REJECTED);
        assertThat(rejected.message()).contains("kept out by gate quality");
        assertThat(Calls.version("gated", 2).roles()).isEmpty();
        // By now there is more feedback than version 1 learned from.
        reproduces("gated", 1);
        assertThat(events("gated")).contains(TrainingEventType.REJECTED);
        awaitPublished("gated/champion", 1);
        promote("gated", 2, 200);
        promote("gated", 2, 200);
        promote("gated", 1, 200);
        promote("gated", 9, 404);
        List<ConsumerRecord<String, byte[]>> published = awaitPublishedAll("gated/champion", 3);
        assertThat(published)
                .extracting(record -> header(record, Headers.MODEL_VERSION))
                .containsExactly("1", "2", "1");
        assertThat(published.get(2).value()).isEqualTo(published.get(0).value());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events("gated")).contains(TrainingEventType.ROLLED_BACK));
        given().get("/v1/loops/gated/versions?limit=1").then().body("version", equalTo(List.of(2)));
        given().get("/v1/loops/gated/versions?limit=5&after=2").then().body("version", equalTo(List.of(1)));
        challenge();
        freezeAndDelete();
    }

    private static void reproduces(String loop, long version) {
        given().post("/v1/loops/" + loop + "/versions/" + version + "/reproduction")
                .then()
                .statusCode(200)
                .body("missing", hasSize(0))
                .body("same", equalTo(true));
        given().post("/v1/loops/" + loop + "/versions/99/reproduction").then().statusCode(404);
    }

    private static void challenge() {
        String role = "/v1/loops/gated/roles/challenger";
        given().contentType(ContentType.JSON)
                .body("{\"version\": 9}")
                .put(role)
                .then()
                .statusCode(404);
        for (int i = 0; i < 2; i++) {
            given().contentType(ContentType.JSON)
                    .body("{\"version\": 2}")
                    .put(role)
                    .then()
                    .statusCode(200);
        }
        given().delete(role + "?by=test").then().statusCode(204);
        List<ConsumerRecord<String, byte[]>> published = awaitPublishedAll("gated/challenger", 2);
        assertThat(published).hasSize(2);
        assertThat(header(published.get(0), Headers.MODEL_VERSION)).isEqualTo("2");
        assertThat(published.get(1).value()).isNull();
    }

    /** Continues with the loop of the test above, which has two versions. */
    private void freezeAndDelete() {
        given().contentType(ContentType.JSON)
                .body("{\"modelVersion\":2,\"reason\":\"night\"}")
                .put("/v1/loops/gated/freeze")
                .then()
                .statusCode(200);
        assertThat(header(awaitPublished("gated/pinned", 1), Headers.MODEL_VERSION))
                .isEqualTo("2");
        given().delete("/v1/loops/gated/freeze").then().statusCode(200);
        assertThat(awaitPublishedAll("gated/pinned", 2).get(1).value()).isNull();
        given().delete("/v1/loops/gated")
                .then()
                .statusCode(409)
                .body("detail", containsString("its 2 model versions"))
                .body("detail", containsString("its 2 training jobs"));
        given().delete("/v1/loops/gated?confirm=gated").then().statusCode(204);
        assertThat(awaitPublishedAll("gated/champion", 4).get(3).value()).isNull();
        given().get("/v1/jobs?loop=gated").then().body("", hasSize(0));
        // A new loop of the name neither gives a number twice nor learns from the old one's feedback.
        Calls.makeLoop("gated", Map.of("learner", "linear", "minimumFeedback", 300));
        FeedbackWriter.write(new World("gated", 3, START.plusSeconds(9999)).feedback(320));
        Calls.ask(request("gated-3", "gated", null, List.of()));
        Job job = Calls.awaitEndOf("gated");
        assertThat(job.modelVersion()).isEqualTo(3);
        assertThat(job.steps().get(0).figures()).containsEntry("rows", 320);
    }

    @Test
    void theNewestRevisionCountsAndTheIngesterWaitsForEnough() {
        Calls.makeLoop("waits", Map.of("learner", "linear", "minimumFeedback", 300));
        World world = new World("waits", 4, START);
        List<Feedback> first = world.feedback(200);
        FeedbackWriter.write(first);
        FeedbackWriter.write(first.stream()
                .limit(50)
                .map(row -> World.withReward(row, 0.5, 2))
                .toList());
        FeedbackWriter.write(
                Topics.FEEDBACK, "junk", "{\"loop\":\"waits\"".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String jobId = given().contentType(ContentType.JSON)
                .body("{\"reason\":\"by hand\"}")
                .post("/v1/loops/waits/retrain")
                .then()
                .statusCode(202)
                .body("cause", equalTo("person"))
                .extract()
                .path("jobId");
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/jobs/" + jobId)
                .then()
                .body("steps.message", hasItem("waiting for feedback: 200 of 300")));
        String second = given().contentType(ContentType.JSON)
                .post("/v1/loops/waits/retrain")
                .then()
                .statusCode(202)
                .extract()
                .path("jobId");
        String merged = given().contentType(ContentType.JSON)
                .body("{\"cause\":\"drift\",\"driftId\":\"d1\",\"deploy\":false}")
                .post("/v1/loops/waits/retrain")
                .then()
                .statusCode(202)
                .body("cause", equalTo("drift"))
                .extract()
                .path("jobId");
        assertThat(second).isNotEqualTo(jobId).isEqualTo(merged);
        FeedbackWriter.write(world.feedback(100));
        Job job = Calls.awaitEndOf("waits", ended -> ended.jobId().equals(jobId));
        assertThat(job.steps().get(0).figures())
                .containsEntry("rows", 300)
                .containsEntry("corrected", 50)
                .containsEntry("unreadable", 1);
        Calls.awaitEndOf("waits", ended -> ended.jobId().equals(second));
        assertThat(events("waits")).contains(TrainingEventType.MERGED);
    }

    private static double greedyReward(byte[] artifact) {
        Scorer scorer = Scorers.of(Artifact.read(artifact));
        List<Action> actions = World.ACTIONS.stream().map(Action::of).toList();
        double sum = 0;
        int steps = 200;
        for (int i = 0; i < steps; i++) {
            double x = -1 + 2.0 * i / (steps - 1);
            double[] scores = scorer.score(Map.of("x", x, "weekday", "MONDAY"), actions);
            int best = 0;
            for (int action = 1; action < scores.length; action++) {
                best = scores[action] > scores[best] ? action : best;
            }
            sum += World.expected(x, best);
        }
        return sum / steps;
    }

    private static RetrainRequest request(String id, String loop, Instant since, List<StepRecord> prior) {
        return new RetrainRequest(id, loop, null, Cause.PERSON, null, null, null, since, null, prior, null);
    }

    private static void promote(String loop, long version, int status) {
        given().contentType(ContentType.JSON)
                .body(Map.of("version", version, "reason", "by hand"))
                .put("/v1/loops/" + loop + "/roles/champion")
                .then()
                .statusCode(status);
    }

    private static ConsumerRecord<String, byte[]> awaitPublished(String key, int records) {
        return awaitPublishedAll(key, records).get(records - 1);
    }

    private static List<ConsumerRecord<String, byte[]>> awaitPublishedAll(String key, int records) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(TopicReader.ofKey(Topics.MODELS, key))
                .hasSizeGreaterThanOrEqualTo(records));
        return TopicReader.ofKey(Topics.MODELS, key);
    }

    private static List<TrainingEventType> events(String loop) {
        return TopicReader.ofKey(Topics.TRAINING_EVENTS, loop).stream()
                .map(record -> Json.read(record.value(), TrainingEvent.class).type())
                .toList();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return EventHeaders.text(record.headers(), name).orElseThrow();
    }
}
