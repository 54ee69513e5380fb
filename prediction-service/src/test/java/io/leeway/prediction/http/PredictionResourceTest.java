package io.leeway.prediction.http;

import static io.leeway.prediction.World.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Json;
import io.leeway.contracts.PredictionInterval;
import io.leeway.contracts.Topics;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.TestModels;
import io.leeway.prediction.World;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class PredictionResourceTest {
    private static final String RIDES = "/v1/loops/rides/predictions";

    private static Decision logged(String eventId) {
        return Json.read(World.withKey(Topics.DECISIONS, eventId).get(0).value(), Decision.class);
    }

    @Test
    void aPredictionSaysWhereTheValueLiesAndTheSameAgain() {
        World.loop(TestLoops.regression("trips"));
        World.champion(TestModels.regressionWithIntervals("trips", 3, 1), 1);
        String path = "/v1/loops/trips/predictions";
        for (int i = 0; i < 2; i++) {
            post(path, "{\"eventId\": \"trip-1\", \"context\": {\"x\": 2}}")
                    .statusCode(200)
                    .body("prediction", equalTo(7.0f))
                    .body("interval.level", equalTo(0.8f))
                    .body("interval.lower", equalTo(6.0f))
                    .body("interval.upper", equalTo(9.0f));
        }
        post(path, "{\"eventId\": \"trip-2\", \"context\": {\"x\": 3}}")
                .statusCode(200)
                .body("interval.lower", equalTo(7.0f))
                .body("interval.upper", equalTo(14.0f));
        Decision decision = logged("trip-2");
        assertThat(decision.interval()).isEqualTo(new PredictionInterval(0.8, 7, 14));
        assertThat(decision.other()).isEmpty();
    }

    @Test
    void aPredictionIsLoggedWithAndWithoutAModel() {
        World.loop(TestLoops.regression("rides"));
        post(RIDES, "{\"eventId\": \"ride-1\", \"context\": {\"x\": 2}}")
                .statusCode(200)
                .body("prediction", nullValue())
                .body("modelVersion", equalTo(0));
        assertThat(logged("ride-1").prediction()).isNull();
        World.champion(TestModels.regression("rides", 3, 1), 1);
        post(RIDES, "{\"eventId\": \"ride-2\", \"time\": \"2026-01-01T00:00:00Z\", \"context\": {\"x\": 2}}")
                .statusCode(200)
                .body("prediction", equalTo(7.0f))
                .body("$", not(hasKey("interval")))
                .body("modelVersion", equalTo(1))
                .body("time", equalTo("2026-01-01T00:00:00Z"));
        Decision decision = logged("ride-2");
        assertThat(decision.prediction()).isEqualTo(7);
        assertThat(decision.policy()).isEqualTo("none");
        assertThat(decision.slots()).isEmpty();
        post(RIDES, "{\"eventId\": \"ride-2\", \"context\": {\"x\": 3}}").statusCode(409);
        post(RIDES, "{\"context\": {\"x\": 1e999}}").statusCode(400).body("errors[0].field", equalTo("context.x"));
    }
}
