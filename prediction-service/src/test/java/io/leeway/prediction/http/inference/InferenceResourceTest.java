package io.leeway.prediction.http.inference;

import static io.leeway.prediction.World.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.TestModels;
import io.leeway.prediction.World;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class InferenceResourceTest {
    private static final String MODEL = "/v2/models/oip";

    @BeforeEach
    void loop() {
        World.loop(TestLoops.regression("oip"));
        World.loop(TestLoops.regression("oip-cold"));
        World.loop(TestLoops.bandit("films", TestLoops.GREEDY, "a", "b", "c", "d"));
        World.champion(TestModels.regression("oip", 2, 1), 4);
    }

    @Test
    void tellsWhatTheServerAndTheModelAre() {
        given().get("/v2").then().statusCode(200).body("name", equalTo("leeway"));
        given().get("/v2/health/ready").then().statusCode(200).body("ready", equalTo(true));
        given().get(MODEL + "/ready").then().statusCode(200).body("ready", equalTo(true));
        given().get(MODEL + "/versions/4/ready").then().statusCode(200);
        given().get(MODEL + "/versions/3/ready").then().statusCode(400);
        given().get("/v2/models/oip-cold/ready").then().statusCode(400).body("ready", equalTo(false));
        given().get(MODEL)
                .then()
                .statusCode(200)
                .body("versions", equalTo(List.of("4")))
                .body("inputs.name", equalTo(List.of("x")))
                .body("inputs[0].datatype", equalTo("FP64"))
                .body("inputs[0].shape", equalTo(List.of(-1)))
                .body("outputs.name", equalTo(List.of("prediction", "eventId", "modelVersion")));
    }

    @Test
    void predictsARowAtATimeAndLogsEach() {
        String body = """
                {"id": "oip-1",
                 "inputs": [{"name": "x", "shape": [2, 1], "datatype": "FP32", "data": [[1.5], [-2]]},
                            {"name": "who.name", "shape": [2], "datatype": "BYTES", "data": ["p", "q"]},
                            {"name": "tags", "shape": [2, 2], "datatype": "BYTES", "data": ["a", "b", "c", "d"]}]}
                """;
        post(MODEL + "/infer", body)
                .statusCode(200)
                .body("model_name", equalTo("oip"))
                .body("model_version", equalTo("4"))
                .body("id", equalTo("oip-1"))
                .body("outputs[0].shape", equalTo(List.of(2)))
                .body("outputs[0].data", equalTo(List.of(4.0f, -3.0f)))
                .body("outputs[1].data", equalTo(List.of("oip-1-0", "oip-1-1")));
        Decision second = Json.read(
                World.awaitRecord(Topics.DECISIONS, record -> "oip-1-1".equals(record.key()))
                        .value(),
                Decision.class);
        assertThat(second.prediction()).isEqualTo(-3);
        assertThat(second.context()).isEqualTo(Map.of("x", -2, "who", Map.of("name", "q"), "tags", List.of("c", "d")));
    }

    @Test
    void oneRowKeepsItsIdAndOnlyTheWantedOutputsAreTold() {
        post(
                        MODEL + "/versions/4/infer",
                        "{\"id\": \"oip-2\", \"outputs\": [{\"name\": \"eventId\"}], "
                                + "\"inputs\": [{\"name\": \"x\", \"shape\": [1], \"datatype\": \"INT64\", \"data\": [3]}]}")
                .statusCode(200)
                .body("outputs.name", equalTo(List.of("eventId")))
                .body("outputs[0].data", equalTo(List.of("oip-2")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"inputs\": []} | must have at least one tensor",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [2], \"datatype\": \"FP64\", \"data\": [1]}]} | inputs[0].data=1",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": [\"1\"]}]} | must hold values of FP64",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": [1e999]}]} | must hold values of FP64",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1], \"datatype\": \"FP65\", \"data\": [1]}]} | inputs[0].datatype=FP65",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [0], \"datatype\": \"FP64\", \"data\": []}]} | must be sizes >= 1",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": [1]}, {\"name\": \"x\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": [1]}]} | must be unique",
                "{\"inputs\": [{\"name\": \"x\", \"shape\": [1]  | "
            })
    void refusesInTheProtocolsWords(String body, String error) {
        post(MODEL + "/infer", body)
                .statusCode(400)
                .contentType("application/json")
                .body("error", containsString(error == null ? "" : error));
    }

    @Test
    void whatCannotPredictSaysSo() {
        String body = "{\"inputs\": [{\"name\": \"x\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": [1]}]}";
        post("/v2/models/oip-cold/infer", body).statusCode(400).body("error", containsString("it has none yet"));
        post("/v2/models/films/infer", body).statusCode(404).body("error", containsString("must be a regression loop"));
        post("/v2/models/unknown/infer", body).statusCode(404).body("error", containsString("unknown"));
        post(MODEL + "/versions/9/infer", body).statusCode(404).body("error", containsString("version=9"));
    }
}
