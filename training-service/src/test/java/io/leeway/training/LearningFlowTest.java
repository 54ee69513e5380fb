package io.leeway.training;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.leeway.contracts.rest.Job;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Forecast;
import io.leeway.core.model.SampledScorer;
import io.leeway.core.model.Scorers;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What jobs learn from and begin with, through the service. */
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
    void aVersionGoesOnFromTheChampionAndSoItIsReproduced() {
        makeLoop(
                "goeson",
                "\"learner\":\"dl4j\",\"hiddenLayers\":[16],\"epochs\":6,\"start\":\"champion\",\"posterior\":\"lastLayer\"");
        World world = new World("goeson", 9, START);
        RolloutFlowTest.train("goeson", world.feedback(500), null);
        ModelVersion fresh = RolloutFlowTest.version("goeson", 1);
        assertThat(fresh.metrics()).doesNotContainKey("start");
        OtherRolloutsTest.promote("goeson");
        RolloutFlowTest.train("goeson", world.feedback(300), null);
        ModelVersion next = RolloutFlowTest.version("goeson", 2);
        assertThat(next.metrics()).containsEntry("start", "champion");
        assertThat(next.provenance().get("hyperparameters").toString())
                .contains("startVersion=1")
                .contains("startWeightsSha256=" + fresh.weightsSha256());
        reproduces("goeson", 2);
        Artifact artifact = Artifact.read(RolloutFlowTest.artifact("goeson", 2));
        assertThat(((SampledScorer) Scorers.of(artifact)).samples(Map.of("x", 0.1), actions()))
                .hasDimensions(32, World.ACTIONS.size());
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

    @Test
    void aWindowOfAgeLeavesOutWhatIsOlderAndTheVersionIsReproducedFromTheSameRows() {
        makeLoop("aged", "\"learner\":\"linear\",\"windowAge\":\"PT2H\"");
        Instant now = Instant.now();
        // A decision every 100 ms: 500 of three hours ago, 400 of an hour ago.
        World world = new World("aged", 11, now.minus(Duration.ofHours(3)));
        FeedbackWriter.write(world.feedback(500));
        world.pause(Duration.ofHours(2));
        RolloutFlowTest.train("aged", world.feedback(400), null);
        assertThat(ingested("aged")).containsEntry("rows", 400);
        Map<?, ?> dataset =
                (Map<?, ?>) RolloutFlowTest.version("aged", 1).provenance().get("dataset");
        assertThat(Instant.parse(dataset.get("from").toString())).isAfter(now.minus(Duration.ofMinutes(61)));
        reproduces("aged", 1);
    }

    @Test
    void aRegressionsNetworkAndItsQuantilesAreReproduced() {
        given().contentType(ContentType.JSON)
                .body(
                        "{\"kind\":\"regression\",\"training\":{\"minimumFeedback\":300,\"hiddenLayers\":[16],\"epochs\":6,"
                                + "\"refit\":true,\"validationShare\":0.4,\"interval\":0.8}}")
                .put("/v1/loops/minutes")
                .then()
                .statusCode(201);
        World world = new World("minutes", 13, START);
        RolloutFlowTest.train("minutes", world.regression(600), null);
        assertThat(RolloutFlowTest.version("minutes", 1).metrics())
                .containsKeys("rmse", "intervalCoverage", "intervalMeanWidth", "intervalScore");
        Forecast forecast = Scorers.of(Artifact.read(RolloutFlowTest.artifact("minutes", 1)))
                .forecast(Map.of("x", 0.5, "weekday", "MONDAY"));
        assertThat(forecast.interval().orElseThrow().holds(forecast.value())).isTrue();
        reproduces("minutes", 1);
    }

    @Test
    void eachOnlineLearnersVersionIsReproduced() {
        for (String learner : List.of("linear-online", "ridge-online", "auto")) {
            makeLoop("again-" + learner, "\"learner\":\"" + learner + "\"");
            RolloutFlowTest.train("again-" + learner, new World("again-" + learner, 14, START).feedback(400), null);
            assertThat(RolloutFlowTest.version("again-" + learner, 1).learner()).isEqualTo(learner);
            reproduces("again-" + learner, 1);
        }
    }

    private static List<io.leeway.core.features.Action> actions() {
        return World.ACTIONS.stream().map(io.leeway.core.features.Action::of).toList();
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
