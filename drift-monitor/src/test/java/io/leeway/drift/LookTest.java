package io.leeway.drift;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.leeway.contracts.Cause;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.EventType;
import io.leeway.contracts.RetrainRequest;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks by hand, inputs before and after, data sets to compare with. */
@QuarkusTest
@QuarkusTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class LookTest extends MonitorTestCase {
    /** REST-assured does not know this media type. */
    private static final RestAssuredConfig NDJSON = RestAssuredConfig.config()
            .encoderConfig(encoderConfig().encodeContentTypeAs("application/x-ndjson", ContentType.TEXT));

    @Test
    void aCheckOnDemandNamesWhatMovedAndRaisesNothing() {
        make(Loops.bandit("asked", Loops.drift(5000, true, Duration.ZERO, 24)));
        when().post(STATUS + "/check", "asked").then().statusCode(409).contentType("application/problem+json");
        traffic("asked", 0, 300, 0.7, 60);
        awaitFeedbacks("asked", 300);
        await().atMost(PATIENCE).untilAsserted(() -> when().post(STATUS + "/check", "asked")
                .then()
                .statusCode(200)
                .body("rows", equalTo(300))
                .body("inputs", equalTo(1))
                .body("drifted", equalTo(true))
                .body("moved[0].input", equalTo("age"))
                .body("description", containsString("age: median")));
        assertThat(drifts("asked")).isEmpty();
    }

    @Test
    void aCheckByHandCountsAndAsksForRetrainingByTheLoopsPolicy() {
        make(Loops.bandit("hand", Loops.drift(400, true, Duration.ZERO, 24)));
        traffic("hand", 0, 300, 0.7, 60);
        awaitFeedbacks("hand", 300);
        given().contentType("application/json")
                .body("{\"retrain\": true}")
                .post("/v1/loops/hand/checks")
                .then()
                .statusCode(200)
                .body("drifted", equalTo(true))
                .body("checks[0].check", equalTo("baseline_drift_check"))
                .body("retrainRequestId", notNullValue());
        given().contentType("application/json")
                .body("{\"retrain\": true}")
                .post("/v1/loops/hand/checks")
                .then()
                .statusCode(200)
                .body("retrainRequestId", nullValue())
                .body("notRetrained", equalTo("a request is open"));
        traffic("hand", 300, 200, 0.7, 60);
        awaitFeedbacks("hand", 500);
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get(STATUS, "hand").then().body("decisions", equalTo(500)));
        given().contentType("application/json")
                .body("{}")
                .post("/v1/loops/hand/checks")
                .then()
                .statusCode(200);
        await().atMost(PATIENCE).untilAsserted(() -> when().get(STATUS + "/history", "hand")
                .then()
                .body("state", contains("detected", "suspected")));
        String next = given().queryParam("limit", 1)
                .get(STATUS + "/history", "hand")
                .then()
                .statusCode(200)
                .body("state", contains("detected"))
                .header("Link", containsString("rel=\"next\""))
                .extract()
                .path("[0].driftId");
        given().queryParam("limit", 5)
                .queryParam("after", next + "/detected")
                .get(STATUS + "/history", "hand")
                .then()
                .statusCode(200)
                .body("state", contains("suspected"))
                .header("Link", nullValue());
        given().queryParam("after", "nothing")
                .get(STATUS + "/history", "hand")
                .then()
                .statusCode(400);
        List<RetrainRequest> requests = topics.read(EventType.RETRAIN_REQUEST, "hand", RetrainRequest.class);
        assertThat(requests).extracting(RetrainRequest::cause).containsExactly(Cause.PERSON);
    }

    @Test
    void anInputIsShownAsItWasAndAsItIs() {
        make(Loops.bandit("seen", Loops.drift(5000, true, Duration.ZERO, 24)));
        traffic("seen", 0, 300, 0.7, 60);
        awaitFeedbacks("seen", 300);
        when().get(STATUS + "/inputs/age", "seen")
                .then()
                .statusCode(200)
                .body("reference", equalTo("the training data"))
                .body("tests[0].drifted", equalTo(true))
                .body("before.quantiles[50]", greaterThan(37f))
                .body("before.quantiles[50]", lessThan(43f))
                .body("after.mean", greaterThan(57f))
                .body("after.rows", equalTo(300))
                .body("description", containsString("age: median"));
        when().get(STATUS + "/inputs/height", "seen").then().statusCode(404);
        assertThat(drifts("seen")).isEmpty();
    }

    @Test
    void aDataSetThatIsUploadedIsTheReferenceOfTheLoopThatNamesIt() {
        DriftSettings march =
                DriftSettings.builder().windowRows(5000).reference("march").build();
        make(Loops.bandit("named", march));
        traffic("named", 0, 100, 0.7, 40);
        awaitFeedbacks("named", 100);
        when().get(STATUS + "/inputs/age", "named")
                .then()
                .statusCode(409)
                .body("detail", containsString("there is no data set march"));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            lines.append("{\"age\": ").append(70 + random.nextGaussian()).append("}\n");
        }
        given().config(NDJSON)
                .contentType("application/x-ndjson")
                .body(lines.toString())
                .put(STATUS + "/datasets/march", "named")
                .then()
                .statusCode(200)
                .body("rows", equalTo(500))
                .body("inputs", equalTo(1));
        when().get(STATUS + "/datasets", "named").then().statusCode(200).body("name", contains("march"));
        when().get(STATUS + "/inputs/age", "named")
                .then()
                .statusCode(200)
                .body("reference", equalTo("data set march"))
                .body("tests[0].drifted", equalTo(true));
        given().config(NDJSON)
                .contentType("application/x-ndjson")
                .body("{\"age\":")
                .put(STATUS + "/datasets/april", "named")
                .then()
                .statusCode(400);
        given().config(NDJSON)
                .contentType("application/x-ndjson")
                .body("{}")
                .put(STATUS + "/datasets/model", "named")
                .then()
                .statusCode(400);
        when().delete(STATUS + "/datasets/march", "named").then().statusCode(204);
        when().get(STATUS + "/datasets", "named").then().body("name", hasSize(0));
    }
}
