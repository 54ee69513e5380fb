package io.leeway.prediction.http;

import static io.leeway.prediction.World.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.leeway.contracts.Topics;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.World;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class BatchResourceTest {
    @BeforeEach
    void loops() {
        World.loop(TestLoops.bandit("films", TestLoops.GREEDY, "a", "b", "c", "d"));
        World.loop(TestLoops.regression("rides"));
    }

    @Test
    void aBadDecisionDoesNotFailTheRest() {
        post("/v1/loops/films/decisions/batch", """
                        {"items": [{"eventId": "batch-1", "context": {"x": 1}},
                                   {"eventId": "batch-2", "excluded": ["nope"]},
                                   {"eventId": "batch-1", "context": {"x": 2}},
                                   {"eventId": 7}, null,
                                   {"eventId": "batch-3", "context": {"x": 1e999}},
                                   {"eventId": "batch-1", "context": {"x": 1}}]}
                        """)
                .statusCode(200)
                .body("items.status", equalTo(List.of(200, 400, 409, 400, 400, 400, 200)))
                .body("items[0].answer.eventId", equalTo("batch-1"))
                .body("items[0].problem", nullValue())
                .body("items[1].answer", nullValue())
                .body("items[1].problem.detail", containsString("excluded=nope"))
                .body("items[3].problem.errors[0].field", equalTo("eventId"))
                .body("items[5].problem.errors[0].field", equalTo("context.x"));
        World.awaitRecord(Topics.DECISIONS, record -> "batch-1".equals(record.key()));
        assertThat(World.withKey(Topics.DECISIONS, "batch-1")).hasSize(1);
        assertThat(World.withKey(Topics.DECISIONS, "batch-3")).isEmpty();
    }

    @Test
    void predictionsRewardsAndActivationsComeInBatchesToo() {
        post(
                        "/v1/loops/rides/predictions/batch",
                        "{\"items\": [{\"eventId\": \"bp-1\", \"context\": {\"x\": 1}}, {\"context\": []}]}")
                .statusCode(200)
                .body("items.status", equalTo(List.of(200, 400)))
                .body("items[0].answer.loop", equalTo("rides"));
        post(
                        "/v1/loops/films/rewards/batch",
                        "{\"items\": [{\"eventId\": \"br-1\", \"value\": 1}, {\"eventId\": \"br-2\", \"value\": 7}, {\"value\": 1}]}")
                .statusCode(200)
                .body("items.status", equalTo(List.of(202, 400, 400)))
                .body("items[0].answer.value", equalTo(1.0f));
        post("/v1/loops/films/activations/batch", "{\"items\": [{\"eventId\": \"ba-1\"}, {}]}")
                .statusCode(200)
                .body("items.status", equalTo(List.of(202, 400)));
        assertThat(World.withKey(Topics.REWARDS, "br-2")).isEmpty();
    }

    @Test
    void theBatchItselfCanBeBad() {
        String path = "/v1/loops/films/decisions/batch";
        post(path, "{\"items\": []}").statusCode(400).body("errors[0].field", equalTo("items"));
        post(path, "{}").statusCode(400).body("errors[0].field", equalTo("items"));
        post(path, "{\"items\": [{}]").statusCode(400);
        post(path, "{\"items\": [" + "{},".repeat(1000) + "{}]}")
                .statusCode(400)
                .body("detail", equalTo("must be at most 1000: items=1001 items"));
        post("/v1/loops/unknown/decisions/batch", "{\"items\": [{}]}").statusCode(404);
    }
}
