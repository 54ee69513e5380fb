package io.leeway.prediction.http.personalizer;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.leeway.prediction.TestLoops;
import io.leeway.prediction.TestModels;
import io.leeway.prediction.World;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every door refuses what it cannot take in its own form, and names what was wrong. The door of Kafka has a test of its own. */
@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
@WithTestResource(PersonalizerWorld.class)
class BadInputTest {
    private static final int LIMIT = 4 << 20;
    private static final byte[] BOMB = bomb();

    private static byte[] bomb() {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
            zip.write(new byte[64 << 20]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bomb.toByteArray();
    }

    /** Where bodies are taken: path, form of a refusal, and a body of which {@code ~} is any JSON that is not looked at. */
    enum Door {
        DECISIONS("/v1/loops/bad/decisions", "detail", "{'context': {'x': ~}}"),
        PREDICTIONS("/v1/loops/bad-number/predictions", "detail", "{'context': {'x': ~}}"),
        REWARDS("/v1/loops/bad/rewards", "detail", "{'eventId': 'bad', 'value': 1, 'x': ~}"),
        DECISION_BATCH("/v1/loops/bad/decisions/batch", "detail", "{'items': [{'context': {'x': ~}}]}"),
        PREDICTION_BATCH("/v1/loops/bad-number/predictions/batch", "detail", "{'items': [{'context': {'x': ~}}]}"),
        REWARD_BATCH("/v1/loops/bad/rewards/batch", "detail", "{'items': [{'eventId': 'bad', 'value': 1, 'x': ~}]}"),
        ACTIVATION_BATCH("/v1/loops/bad/activations/batch", "detail", "{'items': [{'eventId': 'bad', 'x': ~}]}"),
        RANK("/personalizer/v1.0/rank", "error.message", "{'contextFeatures': [{'x': ~}], 'actions': [{'id': 'a'}]}"),
        REWARD("/personalizer/v1.0/events/bad/reward", "error.message", "{'value': 1, 'x': ~}"),
        SLOT_RANK(
                "/personalizer/v1.1-preview.3/multislot/rank",
                "error.message",
                "{'contextFeatures': [{'x': ~}], 'actions': [{'id': 'a'}], 'slots': [{'id': 's', 'baselineAction': 'a'}]}"),
        SLOT_REWARD(
                "/personalizer/v1.1-preview.3/multislot/events/bad/reward",
                "error.message",
                "{'reward': [{'slotId': 's', 'value': 1, 'x': ~}]}"),
        INFER(
                "/v2/models/bad-number/infer",
                "error",
                "{'inputs': [{'name': 'x', 'shape': [1], 'datatype': 'FP64', 'data': [1], 'x': ~}]}");

        private final String path;
        private final String message;
        private final String body;

        Door(String path, String message, String body) {
            this.path = path;
            this.message = message;
            this.body = body.replace('\'', '"');
        }

        /** Where {@code ~} stands. */
        private String field() {
            return switch (this) {
                case DECISIONS, PREDICTIONS -> "context.x";
                case REWARDS, REWARD -> "x";
                case DECISION_BATCH, PREDICTION_BATCH -> "items[0].context.x";
                case REWARD_BATCH, ACTIVATION_BATCH -> "items[0].x";
                case RANK, SLOT_RANK -> "contextFeatures[0].x";
                case SLOT_REWARD -> "reward[0].x";
                case INFER -> "inputs[0].x";
            };
        }

        private ValidatableResponse post(String contentType, byte[] bytes, String encoding) {
            var call = given().contentType(contentType).header(Keys.HEADER, PersonalizerWorld.KEY);
            return (encoding == null ? call : call.header("Content-Encoding", encoding))
                    .body(bytes)
                    .post(path)
                    .then();
        }

        private void refuses(String json, int status, String... named) {
            refused(post("application/json", body.replace("~", json).getBytes(UTF_8), null), status, named);
        }

        private void refused(ValidatableResponse answer, int status, String... named) {
            answer.statusCode(status)
                    .contentType(message.equals("detail") ? "application/problem+json" : "application/json");
            for (String name : named) {
                answer.body(message, containsString(name));
            }
        }
    }

    @BeforeEach
    void loops() {
        World.loop(TestLoops.bandit("bad", null, "a", "b"));
        World.loop(TestLoops.bandit(PersonalizerWorld.LOOP, TestLoops.GREEDY, "a", "b"));
        World.loop(TestLoops.regression("bad-number"));
        World.champion(TestModels.regression("bad-number", 1, 0), 1);
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void whatIsNotPlainJsonIsRefusedWithItsPlace(Door door) {
        String deep = "[".repeat(100) + "]".repeat(100);
        door.refuses(deep, 400, door.field() + "[0][0]", "must be nested at most 64 deep: depth=65");
        door.refuses("{\"twice\": 1, \"twice\": 2}", 400, "Duplicate field 'twice'");
        door.refuses("NaN", 400, "at x", "NaN");
        door.refuses("-Infinity", 400, "at x", "Infinity");
        door.refuses("", 400, "line 1, column");
    }

    @ParameterizedTest
    @EnumSource(
            value = Door.class,
            names = {"DECISIONS", "DECISION_BATCH", "RANK", "INFER"})
    void hugeTextsAreRefusedByTheirSize(Door door) {
        door.refuses("\"" + "x".repeat(LIMIT) + "\"", 413, "must have at most " + LIMIT + " bytes");
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void otherKindsOfBodyAreRefusedByTheirName(Door door) {
        door.refused(door.post("text/plain", new byte[] {'x'}, null), 415, "Content-Type=text/plain");
        door.refused(door.post("application/json", BOMB, "gzip"), 415, "Content-Encoding=gzip");
        door.refused(door.post("application/json", new byte[] {1}, "br"), 415, "Content-Encoding=br");
        door.refused(door.post("application/json", new byte[0], null), 400, "must");
    }

    @ParameterizedTest
    @EnumSource(
            value = Door.class,
            names = {"DECISIONS", "PREDICTIONS", "RANK", "SLOT_RANK"})
    void numbersBeyondAllNumbersAndNestingBeyondAllFeaturesAreRefusedByField(Door door) {
        String field = door.message.equals("detail") ? "context.x" : "contextFeatures.x";
        door.refuses("1e999", 400, field, "must be a finite number", "Infinity");
        door.refuses(
                "[[" + "{\"y\":".repeat(40) + "1" + "}".repeat(40) + "]]",
                400,
                field,
                "must be nested at most 32 deep");
    }

    @ParameterizedTest
    @EnumSource(
            value = Door.class,
            names = {"REWARDS", "REWARD", "SLOT_REWARD"})
    void rewardsBeyondAllNumbersAreRefusedByField(Door door) {
        String body = door.body.replace("\"value\": 1", "\"value\": 1e999").replace("~", "1");
        door.refused(door.post("application/json", body.getBytes(UTF_8), null), 400, "value=Infinity");
    }

    @ParameterizedTest
    @EnumSource(
            value = Door.class,
            names = {"DECISION_BATCH", "PREDICTION_BATCH"})
    void anItemIsRefusedByField(Door door) {
        door.post("application/json", door.body.replace("~", "1e999").getBytes(UTF_8), null)
                .statusCode(200)
                .body("items[0].status", equalTo(400))
                .body("items[0].problem.errors[0].field", equalTo("context.x"))
                .body("items[0].problem.detail", allOf(containsString("finite"), containsString("Infinity")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Door.class,
            names = {"DECISIONS", "RANK", "SLOT_RANK"})
    void exclusionsAreRefusedByField(Door door) {
        String excluded = door == Door.DECISIONS ? "excluded" : "excludedActions";
        String plain = door.body.replace("~", "1");
        String ofSlot = plain.replace("\"id\": \"s\"", "\"id\": \"s\", \"" + excluded + "\": ^");
        String body = door == Door.SLOT_RANK ? ofSlot : plain.replaceFirst("\\{", "{\"" + excluded + "\": ^, ");
        door.refused(
                door.post("application/json", body.replace("^", "[\"z\"]").getBytes(UTF_8), null),
                400,
                "must be among the actions",
                excluded + "=z");
        String all = door == Door.DECISIONS ? "[\"a\", \"b\"]" : "[\"a\"]";
        door.refused(
                door.post("application/json", body.replace("^", all).getBytes(UTF_8), null),
                400,
                door == Door.SLOT_RANK ? "must have an action left" : "must leave at least one action");
    }

    @ParameterizedTest
    @EnumSource(
            value = Door.class,
            names = {"DECISION_BATCH", "PREDICTION_BATCH", "REWARD_BATCH", "ACTIVATION_BATCH"})
    void aBatchOfNothingIsRefusedByField(Door door) {
        door.refused(door.post("application/json", "{\"items\": []}".getBytes(UTF_8), null), 400, "items=[]");
        door.post("application/json", "{\"items\": [3]}".getBytes(UTF_8), null)
                .statusCode(200)
                .body("items[0].problem.detail", containsString("must be a JSON object: item=3"));
    }
}
