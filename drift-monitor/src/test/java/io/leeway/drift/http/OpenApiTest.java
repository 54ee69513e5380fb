package io.leeway.drift.http;

import static io.restassured.RestAssured.given;

import io.leeway.stack.testing.LeewayTestResource;
import io.leeway.stack.testing.PublishedOpenApi;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class OpenApiTest {
    @Test
    void theServiceAnswersWithThePublishedDocument() throws IOException {
        PublishedOpenApi.requireSame(
                "drift-monitor",
                given().when()
                        .get("/q/openapi")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }
}
