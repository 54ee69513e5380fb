package io.leeway.training;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.leeway.contracts.rest.Job;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What jobs learn from, through the service. */
@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class LearningFlowTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theNextReadingBeginsWhereTheLastOneEndedAndGivesTheSameRowsAsAWholeOne() {
        makeLoop("kept", "\"learner\":\"linear\"");
        World world = new World("kept", 8, START);
        List<Feedback> first = world.feedback(400);
        RolloutFlowTest.train("kept", first, null);
        Map<String, Object> whole = ingested("kept");
        assertThat(whole).containsEntry("rows", 400);
        assertThat((Integer) whole.get("recordsRead")).isGreaterThanOrEqualTo(400);
        List<Feedback> corrected = first.stream()
                .limit(30)
                .map(row -> World.withReward(row, 0.5, 2))
                .toList();
        FeedbackWriter.write(corrected);
        RolloutFlowTest.train("kept", world.feedback(50), null);
        Map<String, Object> next = ingested("kept");
        assertThat(next)
                .containsEntry("rows", 450)
                .containsEntry("recordsRead", 80)
                .containsEntry("corrected", 30);
        // Reproducing reads the topic from its beginning: the same rows to the last byte, or it would not be the same
        // model.
        reproduces("kept", 2);
    }

    @Test
    void aWindowOfRowsHoldsTheNewestDecisions() {
        makeLoop("window", "\"learner\":\"linear\",\"windowRows\":350");
        World world = new World("window", 10, START);
        RolloutFlowTest.train("window", world.feedback(1000), null);
        assertThat(ingested("window")).containsEntry("rows", 350);
        Map<?, ?> dataset =
                (Map<?, ?>) RolloutFlowTest.version("window", 1).provenance().get("dataset");
        // A decision every 100 ms, the newest 350 of 1000.
        assertThat(dataset.get("from")).hasToString("2026-01-01T00:01:05Z");
    }

    private static void makeLoop(String loop, String training) {
        given().contentType(ContentType.JSON)
                .body("{\"kind\":\"bandit\",\"training\":{\"minimumFeedback\":300," + training + "}}")
                .put("/v1/loops/" + loop)
                .then()
                .statusCode(201);
    }

    private static Map<String, Object> ingested(String loop) {
        Job[] jobs = Json.read(given().get("/v1/jobs?loop=" + loop).asByteArray(), Job[].class);
        return jobs[0].steps().get(0).figures();
    }

    private static void reproduces(String loop, long version) {
        given().post("/v1/loops/" + loop + "/versions/" + version + "/reproduction")
                .then()
                .statusCode(200)
                .body("missing", hasSize(0))
                .body("same", equalTo(true));
    }
}
