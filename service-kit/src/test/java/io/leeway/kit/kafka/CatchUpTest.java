package io.leeway.kit.kafka;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.contracts.Topics;
import io.leeway.kit.LoopDirectory;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A service that starts where loops were made, changed and deleted before. */
@QuarkusTest
@TestProfile(CatchUpTest.SecondStart.class)
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
@WithTestResource(CatchUpTest.LoopsFromBefore.class)
class CatchUpTest {
    private static final int LOOPS = 2000;

    @Inject
    LoopDirectory directory;

    /** Has Quarkus start anew. */
    public static final class SecondStart implements QuarkusTestProfile {}

    /** Writes loops before the service starts; ends in a tombstone and a record that cannot be read. */
    public static final class LoopsFromBefore implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
            for (int i = 0; i < LOOPS; i++) {
                records.add(Topic.record(Topics.LOOPS, "before-" + i, LoopListenerTest.loop("before-" + i, 1)));
            }
            records.add(Topic.record(Topics.LOOPS, "before-0", null));
            records.add(Topic.record(Topics.LOOPS, "before-1", LoopListenerTest.loop("before-1", 2)));
            records.add(Topic.record(Topics.LOOPS, "before-poison", "{"));
            Topic.write(records);
            return Map.of();
        }

        @Override
        public void stop() {}
    }

    @Test
    void isNotReadyBeforeEveryLoopIsKnown() {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> given().when().get("/q/health/ready").statusCode() == 200);
        assertThat(directory.all().stream().filter(loop -> loop.name().startsWith("before-")))
                .hasSize(LOOPS - 1);
        assertThat(directory.find("before-0")).isEmpty();
        assertThat(directory.get("before-1").revision()).isEqualTo(2);
        given().when().get("/v1/sample/loops/before-7").then().statusCode(200);
    }
}
