package io.leeway.prediction.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.contracts.Json;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.TestModels;
import io.leeway.prediction.World;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pastes every example of the OpenAPI document. */
@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class ExamplesTest {
    @Test
    void everyExampleWorksWhenPastedAndEveryBodyHasOne() {
        World.loop(TestLoops.bandit("films", TestLoops.GREEDY, "a", "b", "c", "d"));
        World.loop(TestLoops.regression("examples"));
        World.champion(TestModels.regression("examples", 2, 1), 4);
        JsonNode document = Json.read(given().get("/q/openapi?format=json").asString(), JsonNode.class);
        List<String> pasted = new ArrayList<>();
        List<String> without = new ArrayList<>();
        document.get("paths").fields().forEachRemaining(path -> {
            JsonNode content = path.getValue().at("/post/requestBody/content/application~1json");
            JsonNode examples = content.path("examples");
            if (!content.isMissingNode() && examples.isEmpty()) {
                without.add(path.getKey());
            }
            examples.forEach(example -> {
                paste(path.getKey(), example.get("value"));
                pasted.add(path.getKey());
            });
        });
        assertThat(without).isEmpty();
        assertThat(pasted).hasSizeGreaterThanOrEqualTo(11);
    }

    private static void paste(String path, JsonNode body) {
        String address = path.replace("{loop}", path.contains("prediction") ? "examples" : "films")
                .replace("{model}", "examples")
                .replaceAll("\\{version[^/]*}", path.contains("personalizer") ? "v1.1-preview.3" : "")
                .replace("{eventId}", "my-event-1");
        var answer = given().contentType("application/json")
                .header("Ocp-Apim-Subscription-Key", "films")
                .body(body.isTextual() ? body.asText() : body.toString())
                .post(address);
        assertThat(answer.statusCode()).as(address + " " + answer.asString()).isBetween(200, 299);
    }
}
