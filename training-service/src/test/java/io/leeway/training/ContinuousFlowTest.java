package io.leeway.training;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
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
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** From feedback to checkpoints on the models topic, with Kafka and PostgreSQL. */
@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class ContinuousFlowTest {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String LOOP = "learns-on";

    @Test
    void onceAVersionHasPassedTheGatesCheckpointsOfItAreServedAndKept() {
        given().contentType(ContentType.JSON)
                .body("{\"kind\":\"bandit\",\"training\":{\"learner\":\"auto\",\"minimumFeedback\":300,"
                        + "\"modelExportFrequency\":\"PT1S\"}}")
                .put("/v1/loops/" + LOOP)
                .then()
                .statusCode(201);
        World world = new World(LOOP, 11, Continuous.START);
        FeedbackWriter.write(world.feedback(600));
        awaitLearner("waiting", 600);
        given().contentType(ContentType.JSON)
                .post("/v1/loops/" + LOOP + "/retrain")
                .then()
                .statusCode(202);
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/loops/" + LOOP + "/versions/1")
                .then()
                .statusCode(200)
                .body("learner", equalTo("auto"))
                .body("gates.findAll { !it.passed }", hasSize(0))
                .body("roles", equalTo(List.of("champion"))));
        FeedbackWriter.write(world.feedback(400));
        awaitLearner("learning", 1000);
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/loops/" + LOOP + "/learner")
                .then()
                .body("checkpoint", equalTo("1+1000"))
                .body("behind", equalTo(0)));
        ConsumerRecord<String, byte[]> record = await().atMost(PATIENCE)
                .until(this::newest, published -> "1000".equals(header(published, Headers.MODEL_CHECKPOINT)));
        assertThat(header(record, Headers.MODEL_VERSION)).isEqualTo("1");
        assertThat(header(record, Headers.MODEL_SHA256)).isEqualTo(Artifact.sha256(record.value()));
        assertThat(given().get("/v1/loops/" + LOOP + "/checkpoints/1/1000/artifact")
                        .asByteArray())
                .isEqualTo(record.value());
        given().get("/v1/loops/" + LOOP + "/checkpoints?limit=1")
                .then()
                .body("feedbacks", equalTo(List.of(1000)))
                .body("[0].figures.members", hasSize(3));
        given().get("/v1/loops/" + LOOP + "/checkpoints/1/7/artifact").then().statusCode(404);
        given().get("/v1/loops/" + LOOP + "/learner").then().body("members", hasSize(3));
        assertThat(greedyReward(record.value())).isGreaterThan(0.7);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(TopicReader.ofKey(Topics.TRAINING_EVENTS, LOOP))
                .extracting(
                        event -> Json.read(event.value(), TrainingEvent.class).type())
                .contains(TrainingEventType.CHECKPOINT));
        otherLearner();
        given().delete("/v1/loops/" + LOOP + "?confirm=" + LOOP).then().statusCode(204);
    }

    /** A version of another learner is not what this one's checkpoints go out from. */
    private void otherLearner() {
        given().contentType(ContentType.JSON)
                .body("{\"kind\":\"bandit\",\"training\":{\"learner\":\"linear-online\",\"minimumFeedback\":300,"
                        + "\"modelExportFrequency\":\"PT1S\"}}")
                .put("/v1/loops/" + LOOP)
                .then()
                .statusCode(200);
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/loops/" + LOOP + "/learner")
                .then()
                .body("learner", equalTo("linear-online"))
                .body("feedbacks", equalTo(1000))
                .body("state", equalTo("waiting")));
        given().contentType(ContentType.JSON)
                .body("{\"kind\":\"bandit\"}")
                .put("/v1/loops/" + LOOP)
                .then()
                .statusCode(200);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        given().get("/v1/loops/" + LOOP + "/learner").then().statusCode(404));
    }

    private static void awaitLearner(String state, int feedbacks) {
        await().atMost(PATIENCE).untilAsserted(() -> given().get("/v1/loops/" + LOOP + "/learner")
                .then()
                .statusCode(200)
                .body("feedbacks", equalTo(feedbacks))
                .body("state", equalTo(state)));
    }

    private ConsumerRecord<String, byte[]> newest() {
        List<ConsumerRecord<String, byte[]>> records = TopicReader.ofKey(Topics.MODELS, LOOP + "/champion");
        return records.get(records.size() - 1);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return EventHeaders.text(record.headers(), name).orElse(null);
    }

    private static double greedyReward(byte[] artifact) {
        Scorer scorer = Scorers.of(Artifact.read(artifact));
        List<Action> actions = World.ACTIONS.stream().map(Action::of).toList();
        double sum = 0;
        for (double x = -1; x < 1; x += 0.01) {
            double[] scores = scorer.score(Map.of("x", x, "weekday", "MONDAY"), actions);
            int best = 0;
            for (int i = 1; i < scores.length; i++) {
                best = scores[i] > scores[best] ? i : best;
            }
            sum += World.expected(x, best);
        }
        return sum / 200;
    }
}
