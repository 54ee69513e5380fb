package io.leeway.kit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class ProblemsTest {
    private static final String DECISIONS = "/v1/sample/decisions";

    @Test
    void malformedJsonIsAnsweredWithThePlace() {
        problem(post(DECISIONS, "{\"context\":\n  {\"age\": }}"), ProblemType.MALFORMED)
                .body("detail", containsString("line 2, column"))
                .body("errors", nullValue());
        problem(post(DECISIONS, "{\"context\":{}} trailing"), ProblemType.MALFORMED)
                .body("detail", containsString("line 1, column"));
        problem(post("/v1/sample/rewards", "{\"eventId\":\"e\",\"value\":NaN}"), ProblemType.MALFORMED)
                .body("detail", containsString("line 1, column"));
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "null", "[]", "3", "'\"text\"'"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        problem(post(DECISIONS, body), ProblemType.MALFORMED).body("detail", containsString("must"));
    }

    @Test
    void aValueThatBreaksTheContractIsNamed() {
        problem(post(DECISIONS, "{\"actions\":[{\"id\":\"a\"},{\"id\":\"a\"}]}"), ProblemType.INVALID)
                .body("errors", hasSize(1))
                .body("errors[0].field", equalTo("actions[1].id"))
                .body("errors[0].message", containsString("must be unique"))
                .body("detail", containsString("actions[1].id"));
        problem(post("/v1/sample/settings", "{\"kind\":\"bandit\",\"training\":{\"epochs\":0}}"), ProblemType.INVALID)
                .body("errors[0].field", equalTo("training.epochs"));
        problem(get("/v1/sample/violation"), ProblemType.INVALID).body("errors[0].field", equalTo("max"));
        problem(get("/v1/sample/limited?limit=11"), ProblemType.INVALID)
                .body("errors[0].field", equalTo("limit"))
                .body("errors[0].message", equalTo("must be less than or equal to 10: limit=11"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"eventId\":\"e\",\"value\":\"1\"}|value",
                "{\"eventId\":7,\"value\":1}|eventId",
                "{\"eventId\":\"e\",\"value\":[1]}|value",
                "{\"eventId\":\"e\",\"value\":true}|value",
                "{\"eventId\":\"e\",\"value\":1,\"time\":\"yesterday\"}|time",
                "{\"eventId\":\"e\"}|value",
                "{\"eventId\":\"e\",\"value\":1e999}|value"
            })
    void aWrongTypeIsNamedWithoutNamesOfClasses(String body, String field) {
        problem(post("/v1/sample/rewards", body), ProblemType.INVALID)
                .body("errors[0].field", equalTo(field))
                .body("detail", containsString(field));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        problem(get("/v1/sample/nothing"), ProblemType.NOT_FOUND);
        problem(get("/nothing/at/all"), ProblemType.NOT_FOUND);
        problem(get("/v1/sample/loops/nobody"), ProblemType.UNKNOWN_LOOP)
                .body("detail", equalTo("must be a loop that exists: loop=nobody"));
        problem(given().when().delete(DECISIONS).then(), ProblemType.METHOD_NOT_ALLOWED);
        problem(get("/v1/sample/limited?limit=x"), ProblemType.NOT_FOUND);
    }

    @Test
    void aBodyOfAnotherTypeIsUnsupported() {
        problem(
                given().contentType("text/plain")
                        .body("hello")
                        .when()
                        .post(DECISIONS)
                        .then(),
                ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void aBodyOfFiveMegabytesIsTooLarge() {
        String context = "{\"context\":{\"text\":\"" + "x".repeat(5 << 20) + "\"}}";
        problem(post(DECISIONS, context), ProblemType.TOO_LARGE).body("detail", containsString("4194304"));
    }

    @Test
    void aBodyBelowTheLimitIsRead() {
        String context = "{\"context\":{\"text\":\"" + "x".repeat(3 << 20) + "\"}}";
        post(DECISIONS, context).statusCode(200);
    }

    @Test
    void refusalsOfOursKeepTheirTypeAndFields() {
        problem(get("/v1/sample/conflict"), ProblemType.CONFLICT)
                .body("detail", equalTo("must be confirmed: loop=a"))
                .body("errors[0].field", equalTo("confirm"));
        problem(get("/v1/sample/unavailable"), ProblemType.UNAVAILABLE);
    }

    @Test
    void aFailureTellsNothingOfOurInside() {
        String body = problem(get("/v1/sample/failure"), ProblemType.INTERNAL)
                .extract()
                .asString();
        assertThat(body).doesNotContain("secret", "root cause", "Exception", "io.leeway", "\\tat ");
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType("application/json")
                .body(body)
                .when()
                .post(path)
                .then();
    }

    private static ValidatableResponse get(String path) {
        return given().when().get(path).then();
    }

    private static ValidatableResponse problem(ValidatableResponse answer, ProblemType type) {
        String body = answer.statusCode(type.status())
                .contentType(Problems.MEDIA_TYPE)
                .body("type", equalTo(type.type()))
                .body("title", equalTo(type.title()))
                .body("status", equalTo(type.status()))
                .body("detail", notNullValue())
                .body("instance", containsString("/"))
                .extract()
                .asString();
        assertThat(body).doesNotContain("java.", "io.leeway", "com.fasterxml");
        return answer;
    }
}
