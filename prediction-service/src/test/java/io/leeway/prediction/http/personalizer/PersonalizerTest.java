package io.leeway.prediction.http.personalizer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.Reward;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.Topics;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.World;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
@WithTestResource(PersonalizerWorld.class)
class PersonalizerTest {
    private static final String V1 = "/personalizer/v1.0";
    private static final String V3 = "/personalizer/v1.1-preview.3";
    private static final String ACTIONS = """
            [{"id": "a", "features": [{"kind": "news"}, {"kind": "sports", "length": 3}]}, {"id": "b", "features": []}, {"id": "c"}]
            """;

    @BeforeEach
    void loop() {
        World.loop(TestLoops.bandit(PersonalizerWorld.LOOP, TestLoops.GREEDY, "a", "b"));
    }

    private static RequestSpecification call() {
        return given().contentType("application/json; charset=utf-8").header(Keys.HEADER, PersonalizerWorld.KEY);
    }

    private static ValidatableResponse post(String path, String body) {
        return call().body(body).post(path).then();
    }

    private static ValidatableResponse refused(ValidatableResponse answer, int status, String code, String message) {
        return answer.statusCode(status)
                .contentType("application/json")
                .body("error.code", equalTo(code))
                .body("error.message", containsString(message));
    }

    private static Decision logged(String eventId) {
        return Json.read(
                World.awaitRecord(Topics.DECISIONS, record -> eventId.equals(record.key()))
                        .value(),
                Decision.class);
    }

    @Test
    void ranksWithTheChosenFirstAndTheExcludedInTheirPlaces() {
        String body =
                "{\"eventId\": \"p-1\", \"contextFeatures\": [{\"time\": \"morning\"}, {\"user\": {\"age\": 3}}], "
                        + "\"excludedActions\": [\"b\"], \"deferActivation\": true, \"actions\": " + ACTIONS + "}";
        List<Map<String, Object>> ranking = post(V1 + "/rank", body)
                .statusCode(201)
                .body("eventId", equalTo("p-1"))
                .body("ranking.id[1]", equalTo("b"))
                .body("ranking.probability[1]", equalTo(0f))
                .extract()
                .path("ranking");
        Decision decision = logged("p-1");
        assertThat(ranking.get(0).get("id")).isEqualTo(decision.slots().get(0).action());
        assertThat(decision.deferred()).isTrue();
        assertThat(decision.context()).isEqualTo(Map.of("time", "morning", "user", Map.of("age", 3)));
        assertThat(decision.actions().get(0).features())
                .isEqualTo(Map.of("kind", List.of("news", "sports"), "length", 3));
        assertThat(decision.excluded()).containsExactly("b");
        List<Map<String, Object>> again =
                post(V1 + "/rank", body).statusCode(201).extract().path("ranking");
        assertThat(again).isEqualTo(ranking);
        refused(post(V1 + "/rank", body.replace("morning", "evening")), 409, "BadRequest", "p-1");
    }

    @Test
    void rewardsAndActivationsAreLogged() {
        post(V1 + "/events/p-2/reward", "{\"value\": 0.25}").statusCode(204);
        call().post(V1 + "/events/p-2/activate").then().statusCode(204);
        var reward = World.awaitRecord(
                Topics.REWARDS,
                r -> "p-2".equals(r.key()) && World.header(r, "ce_type").contains("reward"));
        assertThat(Json.read(reward.value(), Reward.class).value()).isEqualTo(0.25);
        var activation = World.awaitRecord(
                Topics.REWARDS,
                r -> "p-2".equals(r.key()) && World.header(r, "ce_type").contains("activation"));
        assertThat(Json.read(activation.value(), Activation.class).loop()).isEqualTo(PersonalizerWorld.LOOP);
    }

    @ParameterizedTest
    @CsvSource({"/personalizer/v1.1-preview.1", V3})
    void slotsAreFilledOneAfterTheOther(String base) {
        String eventId = "slots-" + base.hashCode();
        post(
                        base + "/multislot/rank",
                        "{\"eventId\": \"" + eventId + "\", \"actions\": " + ACTIONS
                                + ", \"slots\": [{\"id\": \"top\", \"features\": [{\"size\": 2}], \"excludedActions\": [\"a\"], \"baselineAction\": \"b\"},"
                                + " {\"id\": \"side\", \"baselineAction\": \"a\"}]}")
                .statusCode(201)
                .body("eventId", equalTo(eventId))
                .body("slots.id", equalTo(List.of("top", "side")));
        Decision decision = logged(eventId);
        assertThat(decision.slots()).extracting(SlotDecision::action).doesNotHaveDuplicates();
        assertThat(decision.slots()).extracting(SlotDecision::probability).containsExactly(0.5, 0.5);
        assertThat(decision.slots().get(0).baseline()).isEqualTo("b");
        post(
                        base + "/multislot/events/" + eventId + "/reward",
                        "{\"reward\": [{\"slotId\": \"top\", \"value\": 1}, {\"slotId\": \"side\", \"value\": 0}]}")
                .statusCode(204);
        World.eventually().untilAsserted(() -> assertThat(World.withKey(Topics.REWARDS, eventId))
                .extracting(record -> Json.read(record.value(), Reward.class).slot())
                .containsExactly("top", "side"));
        refused(
                post(
                        base + "/multislot/events/" + eventId + "/reward",
                        "{\"reward\": [{\"slotId\": \"top\", \"value\": 0}, {\"slotId\": \"side\", \"value\": 7}]}"),
                400,
                "InvalidRewardRequest",
                "must be in [0.0, 1.0]");
        assertThat(World.withKey(Topics.REWARDS, eventId)).hasSize(2);
    }

    @Test
    void theKeySelectsTheLoop() {
        call().get(V1 + "/status").then().statusCode(200).body("apiStatus", equalTo("Valid"));
        for (String key : List.of("nobody", PersonalizerWorld.LOOP, "of-no-loop")) {
            refused(given().header(Keys.HEADER, key).get(V1 + "/status").then(), 401, "401", "Access denied");
        }
        refused(given().get(V1 + "/status").then(), 401, "401", Keys.HEADER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"actions\": [{\"id\": \"a\"}], \"excludedActions\": [\"x\"]} | excludedActions | must be among the actions: excludedActions=x",
                "{\"actions\": [{\"id\": \"a\"}], \"excludedActions\": [\"a\"]} | excludedActions | must leave at least one action",
                "{\"actions\": []}                             | actions | must have at least one action",
                "{}                                            | actions | must be given",
                "{\"actions\": [null]}                         | actions[0] | must be a JSON object",
                "{\"actions\": [{\"id\": \"a\"}, {\"id\": \"a\"}]} | actions[1].id | must be unique",
                "{\"actions\": [{\"id\": \"a\", \"features\": [{\"x\": 1e999}]}]} | actions[0].features.x | must be a finite number",
                "{\"contextFeatures\": [{\"x\": {\"y\": 1e999}}], \"actions\": [{\"id\": \"a\"}]} | contextFeatures.x.y | must be a finite number"
            })
    void badRanksNameFieldAndValueInTheirErrorBody(String body, String target, String message) {
        refused(post(V1 + "/rank", body), 400, "BadRequest", message).body("error.target", equalTo(target));
        refused(post(V3 + "/rank", body), 400, "InvalidRankRequest", message);
    }

    @Test
    void otherRefusalsHaveTheirErrorBodyToo() {
        refused(post(V1 + "/rank", "{\"actions\": [{\"id\""), 400, "BadRequest", "");
        refused(post(V1 + "/rank", "{\"actions\": [], \"actions\": []}"), 400, "BadRequest", "actions");
        refused(call().contentType("text/plain").body("x").post(V1 + "/rank").then(), 415, "BadRequest", "");
        refused(
                call().header("Content-Encoding", "gzip")
                        .body("{}")
                        .post(V1 + "/rank")
                        .then(),
                415,
                "BadRequest",
                "gzip");
        refused(call().body(new byte[5_000_000]).post(V3 + "/rank").then(), 413, "PayloadSizeExceeded", "bytes");
        refused(call().get(V1 + "/evaluations").then(), 404, "ResourceNotFound", "");
        refused(call().get(V1 + "/rank").then(), 405, "BadRequest", "");
    }

    @Test
    void howOftenModelsAreExportedIsSaidToWhoeverMakesThem() {
        LoopSettings before = owned().settings();
        learner("auto");
        exportEvery("PT30S").statusCode(200).body("modelExportFrequency", equalTo("PT30S"));
        assertThat(owned().settings().training().modelExportFrequency()).isEqualTo(Duration.ofSeconds(30));
        assertThat(owned().settings().training().every()).isNull();
        call().get(V3 + "/configurations/service").then().body("modelExportFrequency", equalTo("PT30S"));
        refused(exportEvery("PT0S"), 400, "InvalidServiceConfiguration", "must be >= PT1S");
        learner("dl4j");
        exportEvery("PT2H").statusCode(200).body("modelExportFrequency", equalTo("PT2H"));
        assertThat(owned().settings().training().every()).isEqualTo(Duration.ofHours(2));
        assertThat(owned().settings().training().modelExportFrequency()).isEqualTo(Duration.ofSeconds(30));
        exportEvery("PT0S").statusCode(200).body("modelExportFrequency", equalTo("PT0S"));
        own(before);
    }

    private static ValidatableResponse exportEvery(String every) {
        return call().body("{\"modelExportFrequency\": \"" + every + "\"}")
                .put(V3 + "/configurations/service")
                .then();
    }

    private static void learner(String name) {
        ObjectNode settings = Json.mapper().valueToTree(owned().settings());
        settings.withObject("/training").put("learner", name);
        own(Json.read(Json.text(settings), LoopSettings.class));
    }

    /** As the owner of loops has it. */
    private static Loop owned() {
        return Json.read(given().get(owner()).asByteArray(), Loop.class);
    }

    private static void own(LoopSettings settings) {
        given().contentType("application/json")
                .body(Json.text(settings))
                .put(owner())
                .then()
                .statusCode(200);
    }

    private static String owner() {
        return ConfigProvider.getConfig().getValue("prediction-service.personalizer.training", String.class)
                + "/v1/loops/" + PersonalizerWorld.LOOP;
    }

    @Test
    void theConfigurationIsForwardedToTheOwnerOfLoops() {
        call().get(V3 + "/configurations/service")
                .then()
                .statusCode(200)
                .body("rewardAggregation", equalTo("earliest"))
                .body("explorationPercentage", equalTo(0.1f));
        call().body(
                        "{\"rewardWaitTime\": \"PT3M\", \"defaultReward\": 0.5, \"rewardAggregation\": \"sum\", "
                                + "\"explorationPercentage\": 0.3, \"modelExportFrequency\": \"PT1H\", \"logRetentionDays\": 7}")
                .put(V3 + "/configurations/service")
                .then()
                .statusCode(200)
                .body("rewardWaitTime", equalTo("PT3M"))
                .body("defaultReward", equalTo(0.5f))
                .body("rewardAggregation", equalTo("sum"))
                .body("explorationPercentage", equalTo(0.3f))
                .body("modelExportFrequency", equalTo("PT1H"))
                .body("logRetentionDays", equalTo(7));
        given().get("/v1/loops/" + PersonalizerWorld.LOOP)
                .then()
                .body("settings.exploration.parameters.epsilon", equalTo(0.3f))
                .body("settings.reward.aggregation", equalTo("sum"));
        call().body("{\"modelExportFrequency\": \"PT0S\"}")
                .put(V3 + "/configurations/service")
                .then()
                .statusCode(200)
                .body("modelExportFrequency", equalTo("PT0S"))
                .body("rewardWaitTime", equalTo("PT3M"));
        refused(
                        call().body("{\"rewardAggregation\": \"best\"}")
                                .put(V3 + "/configurations/service")
                                .then(),
                        400,
                        "InvalidServiceConfiguration",
                        "rewardAggregation=best")
                .body("error.details", nullValue());
        refused(
                call().body("{\"logMirrorEnabled\": true}")
                        .put(V3 + "/configurations/service")
                        .then(),
                400,
                "InvalidServiceConfiguration",
                "must be false");
    }
}
