package io.leeway.prediction.http;

import static io.leeway.prediction.World.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Json;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.ServingMode;
import io.leeway.contracts.ServingSettings;
import io.leeway.contracts.Topics;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.TestModels;
import io.leeway.prediction.World;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class ApprenticeTest {
    @Test
    void anApprenticeAnswersTheBaselineAndReportsHowOftenItWouldAgree() {
        World.loop(TestLoops.serving(
                TestLoops.bandit("apprentice", TestLoops.GREEDY, "a", "b", "c"),
                new ServingSettings(ServingMode.APPRENTICE, null)));
        World.champion(TestModels.preferring("apprentice", "b", "a", "b", "c"), 1);
        String path = "/v1/loops/apprentice/decisions";
        given().get("/v1/loops/apprentice/model")
                .then()
                .body("apprentice", nullValue())
                .body("policy", equalTo("apprentice"));
        post(path, "{\"eventId\": \"ap-1\"}")
                .statusCode(200)
                .body("action", equalTo("a"))
                .body("probability", equalTo(1f));
        post(path, "{\"eventId\": \"ap-2\", \"baseline\": \"b\"}")
                .statusCode(200)
                .body("action", equalTo("b"));
        post(path, "{\"eventId\": \"ap-3\", \"baseline\": \"b\"}").body("policy", equalTo("apprentice"));
        post(path, "{\"eventId\": \"ap-4\", \"excluded\": [\"a\"]}").body("action", equalTo("b"));
        post(path, "{\"eventId\": \"ap-5\", \"baseline\": \"z\"}")
                .statusCode(400)
                .body("detail", containsString("baseline=z"));
        World.eventually().untilAsserted(() -> given().get("/v1/loops/apprentice/model")
                .then()
                .body("apprentice.decisions", equalTo(4))
                .body("apprentice.agreement", equalTo(0.75f)));
        Decision logged = Json.read(
                World.awaitRecord(Topics.DECISIONS, record -> "ap-2".equals(record.key()))
                        .value(),
                Decision.class);
        assertThat(logged.policy()).isEqualTo("apprentice");
        assertThat(logged.slots().get(0).baseline()).isEqualTo("b");
        assertThat(logged.shadows().get(0).modelVersion()).isEqualTo(1);
        assertThat(logged.shadows().get(0).weight()).isZero();
    }

    @Test
    void aDecisionIsExplainedWhereItIsAskedFor() {
        World.loop(TestLoops.bandit("explained", TestLoops.GREEDY, "a", "b"));
        World.champion(TestModels.linear("explained", List.of("a", "b"), new float[] {2, 2}, new float[] {0, 0}), 1);
        String body = "{\"eventId\": \"ex-1\", \"context\": {\"x\": 3, \"y\": 1}, \"explain\": true}";
        for (int i = 0; i < 2; i++) {
            post("/v1/loops/explained/decisions", body)
                    .statusCode(200)
                    .body("explanation.feature", equalTo(List.of("x")))
                    .body("explanation[0].effect", equalTo(6f));
        }
        post("/v1/loops/explained/decisions", "{\"context\": {\"x\": 3}}").body("explanation", nullValue());
    }

    @Test
    void aCanaryDecidesItsShareAndBothVersionsAreLogged() {
        World.loop(TestLoops.serving(
                TestLoops.bandit("canary", TestLoops.GREEDY, "a", "b"), new ServingSettings(null, 0.5)));
        World.publish(TestModels.preferring("canary", "b", "a", "b"), ModelRole.CHALLENGER, 2);
        World.champion(TestModels.preferring("canary", "a", "a", "b"), 1);
        post("/v1/loops/canary/decisions", "{\"eventId\": \"ca-1\"}")
                .statusCode(200)
                .body("probability", equalTo(0.5f));
        Decision logged = Json.read(
                World.awaitRecord(Topics.DECISIONS, record -> "ca-1".equals(record.key()))
                        .value(),
                Decision.class);
        assertThat(logged.components()).hasSize(2);
        assertThat(logged.modelVersion())
                .isEqualTo(logged.components().get(logged.drawnComponent()).modelVersion());
    }
}
