package io.leeway.kit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.contracts.Json;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class JsonRulesTest {
    @Inject
    ObjectMapper mapper;

    @Test
    void restUsesTheMapperOfTheContracts() {
        assertThat(mapper).isSameAs(Json.mapper());
    }

    @Test
    void unknownFieldsTimesAndDurationsGoThroughRestUnchanged() {
        assertThat(
                        echo(
                                "rewards",
                                "{\"eventId\":\"e\",\"value\":0.1,\"slot\":\"main\",\"time\":\"2026-01-02T03:04:05.678Z\",\"currency\":\"EUR\"}"))
                .isEqualTo(
                        "{\"eventId\":\"e\",\"value\":0.1,\"slot\":\"main\",\"time\":\"2026-01-02T03:04:05.678Z\",\"currency\":\"EUR\"}");
        assertThat(echo("settings", "{\"kind\":\"bandit\",\"reward\":{\"rewardWait\":\"PT2.5S\"},\"owner\":\"us\"}"))
                .contains("\"rewardWait\":\"PT2.5S\"", "\"owner\":\"us\"")
                .doesNotContain("null");
    }

    private static String echo(String path, String body) {
        return given().contentType("application/json")
                .body(body)
                .when()
                .post("/v1/sample/" + path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
