package io.leeway.prediction.http;

import static io.leeway.prediction.World.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.RewardRange.OutOfRange;
import io.leeway.contracts.Topics;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.World;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class RewardResourceTest {
    private static final String REWARDS = "/v1/loops/clicks/rewards";

    @BeforeEach
    void loops() {
        World.loop(TestLoops.bandit("clicks", null, "a", "b"));
        RewardRange range = new RewardRange(0.0, 1.0, OutOfRange.CLIP);
        World.loop(TestLoops.of("clipped", TestLoops.banditSettings(null, TestLoops.rewards(range), "a", "b"), null));
    }

    @Test
    void aRewardIsLoggedWhetherItsDecisionIsKnownOrNot() {
        post(REWARDS, "{\"eventId\": \"never-decided\", \"value\": 1, \"name\": \"click\"}")
                .statusCode(202)
                .body("loop", equalTo("clicks"))
                .body("time", notNullValue())
                .body("rewardId", notNullValue());
        ConsumerRecord<String, byte[]> record =
                World.withKey(Topics.REWARDS, "never-decided").get(0);
        assertThat(World.header(record, Headers.CE_TYPE)).isEqualTo("io.leeway.reward.v1");
        Reward reward = Json.read(record.value(), Reward.class);
        assertThat(reward.value()).isEqualTo(1);
        assertThat(reward.name()).isEqualTo("click");
        assertThat(reward.slot()).isEqualTo("main");
        assertThat(reward.time()).isNotNull();
    }

    @Test
    void aClippedRewardKeepsItsOriginal() {
        post("/v1/loops/clipped/rewards", "{\"eventId\": \"clip-1\", \"value\": 7.5}")
                .statusCode(202)
                .body("value", equalTo(1.0f))
                .body("originalValue", equalTo(7.5f));
        Reward reward = Json.read(World.withKey(Topics.REWARDS, "clip-1").get(0).value(), Reward.class);
        assertThat(reward.other()).containsEntry("originalValue", 7.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"eventId\": \"e\", \"value\": \"1\"}|must be a number: value=",
                "{\"eventId\": \"e\"}|must be given: value=null",
                "{\"eventId\": \"e\", \"value\": 1e999}|must be a finite number: value=Infinity",
                "{\"eventId\": \"e\", \"value\": true}|value",
                "{\"eventId\": \"e\", \"value\": 1.5}|must be in [0.0, 1.0], the range of loop clicks: value=1.5",
                "{\"value\": 1}|eventId",
                "{\"eventId\": \"e\", \"value\": NaN}|line 1, column 30, at value: Non-standard token 'NaN'"
            })
    void badRewardsAreRefusedNamingTheField(String body, String detail) {
        post(REWARDS, body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(detail));
    }

    @Test
    void refusedRewardsAreCountedAndNotLogged() {
        post(REWARDS, "{\"eventId\": \"refused-1\", \"value\": -1}").statusCode(400);
        assertThat(World.withKey(Topics.REWARDS, "refused-1")).isEmpty();
        given().get("/q/metrics").then().body(containsString("leeway_rewards_refused_total{loop=\"clicks\"}"));
        post("/v1/loops/nobody/rewards", "{\"eventId\": \"e\", \"value\": 1}").statusCode(404);
    }
}
