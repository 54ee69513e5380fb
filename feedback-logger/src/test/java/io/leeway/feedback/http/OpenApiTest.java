package io.leeway.feedback.http;

import static io.restassured.RestAssured.given;

import io.leeway.stack.testing.LeewayTestResource;
import io.leeway.stack.testing.PublishedOpenApi;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class OpenApiTest {
    @Test
    void theServiceAnswersWithThePublishedDocument() throws IOException {
        PublishedOpenApi.requireSame(
                "feedback-logger",
                given().when()
                        .get("/q/openapi")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }
}
