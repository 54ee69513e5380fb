package io.leeway.prediction.http;

import static io.leeway.prediction.World.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Freeze;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.Topics;
import io.leeway.core.bandit.Seeds;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.TestModels;
import io.leeway.prediction.World;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class DecisionResourceTest {
    private static final String FILMS = "/v1/loops/films/decisions";

    @BeforeEach
    void loops() {
        World.loop(TestLoops.bandit("films", TestLoops.GREEDY, "a", "b", "c", "d"));
        World.loop(TestLoops.regression("no-choice"));
    }

    private static Decision logged(String eventId) {
        List<ConsumerRecord<String, byte[]>> records = World.withKey(Topics.DECISIONS, eventId);
        assertThat(records).hasSize(1);
        return Json.read(records.get(0).value(), Decision.class);
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status, String detail) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("detail", containsString(detail));
    }

    @Test
    void aColdLoopChoosesEvenlyAndTheLogHoldsEveryProbability() {
        post(FILMS, "{\"eventId\": \"cold-1\", \"context\": {\"x\": 1, \"user\": {\"tags\": [\"p\", null]}}}")
                .statusCode(200)
                .body("loop", equalTo("films"))
                .body("eventId", equalTo("cold-1"))
                .body("probability", equalTo(0.25f))
                .body("modelVersion", equalTo(0))
                .body("policy", equalTo("uniform"))
                .body("ranking", hasSize(4));
        ConsumerRecord<String, byte[]> record =
                World.withKey(Topics.DECISIONS, "cold-1").get(0);
        assertThat(World.header(record, Headers.CE_TYPE)).isEqualTo("io.leeway.decision.v1");
        assertThat(World.header(record, Headers.CE_SOURCE)).isEqualTo("/leeway/prediction-service");
        Decision decision = logged("cold-1");
        assertThat(decision.slots().get(0).probabilities())
                .extracting(ActionProbability::probability)
                .containsExactly(0.25, 0.25, 0.25, 0.25);
        assertThat(decision.slots().get(0).draw()).isEqualTo(Seeds.uniform(TestLoops.SALT, "cold-1", "main", "action"));
        assertThat(Json.text(decision.context())).isEqualTo("{\"x\":1,\"user\":{\"tags\":[\"p\",null]}}");
        assertThat(decision.loopRevision()).isEqualTo(1);
    }

    @Test
    void aPublishedModelAnswersWithItsVersion() {
        World.loop(TestLoops.bandit("learned", TestLoops.GREEDY, "a", "b"));
        World.champion(TestModels.preferring("learned", "b", "a", "b"), 3);
        post("/v1/loops/learned/decisions", "{\"eventId\": \"warm-1\"}")
                .statusCode(200)
                .body("modelVersion", equalTo(3))
                .body("policy", equalTo("epsilonGreedy"))
                .body("ranking[0].action", equalTo("b"))
                .body("ranking[0].probability", equalTo(0.95f));
        assertThat(logged("warm-1").modelVersion()).isEqualTo(3);
        World.champion(TestModels.preferring("learned", "a", "a", "b"), 4);
        post("/v1/loops/learned/decisions", "{\"eventId\": \"warm-2\"}")
                .body("modelVersion", equalTo(4))
                .body("ranking[0].action", equalTo("a"));
        post("/v1/loops/learned/decisions", "{\"eventId\": \"warm-1\"}").body("modelVersion", equalTo(3));
    }

    @Test
    void anEventIdIsMadeWhereNoneIsGiven() {
        String eventId = post(FILMS, "{}").statusCode(200).extract().path("eventId");
        assertThat(eventId).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(logged(eventId).eventId()).isEqualTo(eventId);
    }

    @Test
    void aRepeatedEventIdGetsTheSameAnswerAndIsLoggedOnce() {
        String body = "{\"eventId\": \"again-1\", \"context\": {\"x\": 1, \"y\": 2}}";
        String first = post(FILMS, body).statusCode(200).extract().asString();
        String sameInOtherOrder = "{\"context\": {\"y\": 2.0, \"x\": 1}, \"eventId\": \"again-1\"}";
        assertThat(post(FILMS, sameInOtherOrder).statusCode(200).extract().asString())
                .isEqualTo(first);
        problem(post(FILMS, body.replace("1,", "3,")), 409, "eventId=again-1");
        logged("again-1");
    }

    @Test
    void aFrozenLoopServesThePinnedAction() {
        Loop loop = TestLoops.bandit("held", null, "a", "b");
        World.loop(loop);
        World.loop(TestLoops.frozen(loop, new Freeze("b", null, "incident", TestLoops.NOW)));
        post("/v1/loops/held/decisions", "{\"eventId\": \"held-1\"}")
                .body("action", equalTo("b"))
                .body("probability", equalTo(1.0f))
                .body("policy", equalTo("frozen"));
        assertThat(logged("held-1").loopRevision()).isEqualTo(2);
        given().get("/v1/loops/held/model").then().body("policy", equalTo("frozen"));
    }

    @Test
    void anActivationIsLogged() {
        post(FILMS, "{\"eventId\": \"late/1\", \"deferred\": true}").statusCode(200);
        assertThat(logged("late/1").deferred()).isTrue();
        given().pathParam("id", "late/1")
                .post(FILMS + "/{id}/activation")
                .then()
                .statusCode(202);
        ConsumerRecord<String, byte[]> record =
                World.withKey(Topics.REWARDS, "late/1").get(0);
        assertThat(World.header(record, Headers.CE_TYPE)).isEqualTo("io.leeway.activation.v1");
        assertThat(Json.read(record.value(), Activation.class).loop()).isEqualTo("films");
    }

    @Test
    void tenThousandActionsAreAnsweredAndOneMoreIsRefused() {
        post(FILMS, "{\"eventId\": \"many-1\", \"actions\": " + actions(10_000) + "}")
                .statusCode(200)
                .body("ranking", hasSize(10_000))
                .body("probability", equalTo(1e-4f));
        assertThat(logged("many-1").slots().get(0).probabilities().stream()
                        .mapToDouble(ActionProbability::probability)
                        .sum())
                .isCloseTo(1, within(1e-9));
        problem(
                post(FILMS, "{\"actions\": " + actions(10_001) + "}"),
                400,
                "must be at most 10000: actions=10001 actions");
    }

    private static String actions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"id\": \"action-" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void aDecisionTooLargeForTheLogIsRefusedThoughItsRequestIsNot() {
        String body = "{\"context\": {\"noise\": \"" + "x".repeat((4 << 20) - 4096) + "\"}}";
        problem(post(FILMS, body), 413, "must fit into a record of the log");
    }

    /** As when an operator has lowered its limit: the others must not wait behind it. */
    @Test
    void whatTheTopicNeverTakesIsPutAsideAndShippingGoesOn() {
        String noise = new SplittableRandom(1)
                .ints(2 << 20, ' ' + 16, '~')
                .filter(c -> c != '\\')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        String body = "{\"eventId\": \"noisy\", \"context\": {\"noise\": \"" + noise + "\"}}";
        World.limitRecords(Topics.DECISIONS, 1 << 20);
        try {
            post(FILMS, body).statusCode(200);
            post(FILMS, "{\"eventId\": \"behind the noisy one\"}").statusCode(200);
            World.awaitRecord(Topics.DECISIONS, record -> "behind the noisy one".equals(record.key()));
            var buried = World.awaitRecord(Topics.deadLetter(Topics.DECISIONS), record -> "noisy".equals(record.key()));
            assertThat(World.header(buried, Headers.DEAD_LETTER_TOPIC)).isEqualTo(Topics.DECISIONS);
            assertThat(World.withKey(Topics.DECISIONS, "noisy")).isEmpty();
        } finally {
            World.limitRecords(Topics.DECISIONS, 4 << 20);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"actions\": []}|actions|must have at least one action",
                "{\"actions\": [{\"id\": \"a\"}, {\"id\": \"a\"}]}|actions[1].id|must be unique",
                "{\"excluded\": [\"nope\"]}|excluded|excluded=nope",
                "{\"excluded\": [\"a\", \"b\", \"c\", \"d\"]}|excluded|must leave at least one action",
                "{\"context\": {\"user\": {\"age\": 1e999}}}|context.user.age|must be a finite number",
                "{\"actions\": [{\"id\": \"a\", \"features\": {\"n\": [-1e999]}}]}|actions[0].features.n[0]|finite",
                "{\"loop\": \"other\"}|loop|must be the loop that is asked, films: loop=other",
                "{\"eventId\": \"\"}|eventId|must not be empty",
                "{\"context\": 3}|context|must be an object",
                "{\"slots\": [{\"name\": \"s\"}, {\"name\": \"s\"}]}|slots[1].name|must be unique",
                "{\"slots\": [{\"name\": \"s\", \"excluded\": [\"z\"]}]}|slots[0].excluded|excluded=z",
                "{\"slots\": [{\"name\": \"s\", \"features\": {\"n\": 1e999}}]}|slots[0].features.n|finite",
                "{\"baseline\": \"z\"}|baseline|must be among the actions: baseline=z",
                "{\"explain\": \"yes\"}|explain|must be"
            })
    void badRequestsAreRefusedByField(String body, String field, String detail) {
        problem(post(FILMS, body), 400, detail).body("errors[0].field", equalTo(field));
    }

    @Test
    void otherBadCallsAreRefused() {
        problem(post("/v1/loops/nobody/decisions", "{}"), 404, "loop=nobody")
                .body("type", equalTo("/problems/unknown-loop"));
        problem(post("/v1/loops/no-choice/decisions", "{}"), 400, "ask this one for predictions");
        problem(post("/v1/loops/films/predictions", "{}"), 400, "ask this one for decisions");
        problem(post(FILMS, "{\"context\":\n {\"x\": }}"), 400, "line 2, column");
        problem(post(FILMS, "{\"context\": {\"x\": NaN}}"), 400, "line 1, column");
        problem(post(FILMS, ""), 400, "must");
        problem(post(FILMS, "{\"eventId\": \"x\", \"eventId\": \"y\"}"), 400, "eventId");
        problem(post(FILMS, "{\"context\": {\"x\": 1, \"x\": 2}}"), 400, "x");
        problem(post(FILMS, "{\"eventId\": \"" + "x".repeat(201) + "\"}"), 400, "at most 200 characters");
        problem(
                given().header("Content-Encoding", "gzip")
                        .body(new byte[100])
                        .post(FILMS)
                        .then(),
                415,
                "gzip");
        problem(post(FILMS, "{\"context\": " + "{\"in\":".repeat(100) + "1" + "}".repeat(101)), 400, "64");
        problem(post(FILMS, "{\"context\": " + "{\"in\":".repeat(40) + "1" + "}".repeat(41)), 400, "at most 32 deep");
        problem(given().contentType(ContentType.TEXT).body("hello").post(FILMS).then(), 415, "content type");
        problem(given().get("/v1/loops/films/nothing").then(), 404, "");
        problem(given().delete(FILMS).then(), 405, "");
    }

    @Test
    void aContextOfFiveMegabytesIsTooLarge() {
        String body = "{\"context\": {\"text\": \"" + "x".repeat(5 << 20) + "\"}}";
        problem(post(FILMS, body), 413, "4194304");
    }

    @Test
    void theDescriptionAndTheMetersAreThere() {
        post(FILMS, "{}").statusCode(200);
        given().get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/v1/loops/{loop}/decisions/{eventId}/activation"));
        String meters =
                given().get("/q/metrics").then().statusCode(200).extract().asString();
        assertThat(meters)
                .contains("leeway_decisions_total{loop=\"films\",policy=\"uniform\"}")
                .contains("leeway_decision_latency_seconds_bucket{loop=\"films\"");
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", hasItem("models topic has been read"));
    }
}
