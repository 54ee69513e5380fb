package io.leeway.prediction.http;

import static io.leeway.prediction.World.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.leeway.contracts.LogSettings;
import io.leeway.contracts.LogSettings.ConfirmedBy;
import io.leeway.contracts.Loop;
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
    private static final int ITEMS = 200;

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

    /** Each alone waits for the broker's word; a batch waits for it once. The figures are printed for docs/serving.md. */
    @Test
    void aBatchWaitsForTheBrokerOnce() {
        Loop careful = TestLoops.bandit("careful-batch", null, "a", "b");
        World.loop(TestLoops.of(
                careful.name(),
                careful.settings().toBuilder()
                        .log(new LogSettings(ConfirmedBy.BROKER, null))
                        .build(),
                null));
        String path = "/v1/loops/careful-batch/decisions/batch";
        String one = "{\"items\": [{\"context\": {\"x\": 1}}]}";
        String many = "{\"items\": [" + "{\"context\": {\"x\": 1}},".repeat(ITEMS - 1) + "{}]}";
        post(path, many).statusCode(200);
        long begin = System.nanoTime();
        for (int i = 0; i < ITEMS; i++) {
            post(path, one).statusCode(200).body("items[0].status", equalTo(200));
        }
        long alone = System.nanoTime() - begin;
        begin = System.nanoTime();
        List<Integer> statuses = post(path, many).statusCode(200).extract().path("items.status");
        long together = System.nanoTime() - begin;
        System.out.printf(
                "%d decisions confirmed by the broker: one by one %.0f ms, in a batch %.0f ms%n",
                ITEMS, alone / 1e6, together / 1e6);
        assertThat(statuses).hasSize(ITEMS).containsOnly(200);
        assertThat(together).isLessThan(alone);
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
