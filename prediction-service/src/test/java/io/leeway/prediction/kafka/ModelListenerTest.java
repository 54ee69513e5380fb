package io.leeway.prediction.kafka;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.ServingSettings;
import io.leeway.contracts.Topics;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.core.model.Artifact;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.TestModels;
import io.leeway.prediction.World;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class ModelListenerTest {
    private static final Artifact GOOD = TestModels.preferring("swapped", "a", "a", "b");

    /** What may come instead of a model, and what is said of it. */
    enum Bad {
        CORRUPT("must be " + GOOD.sha256() + " as announced: sha256="),
        TRUNCATED("must lie within the data and fit the shape: tensor=weight"),
        OF_AN_UNKNOWN_FORMAT("format=9"),
        NOT_A_NUMBER("must be finite: tensor="),
        FOR_OTHER_FEATURES("features' sha256="),
        FOR_ANOTHER_LOOP("must be swapped as announced: loop=elsewhere"),
        NOT_A_MODEL("must be >= 8 bytes: size=3"),
        TOO_SLOW("must score a decision within PT0.000000001S: took PT");

        private final String reason;

        Bad(String reason) {
            this.reason = reason;
        }

        private byte[] bytes() {
            byte[] good = GOOD.toBytes();
            String text = new String(good, ISO_8859_1);
            return switch (this) {
                case CORRUPT -> {
                    good[good.length / 2] ^= 1;
                    yield good;
                }
                case TRUNCATED -> Arrays.copyOf(good, good.length - 3);
                case OF_AN_UNKNOWN_FORMAT ->
                    text.replace("\"format\":\"1\"", "\"format\":\"9\"").getBytes(ISO_8859_1);
                case NOT_A_NUMBER -> {
                    ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).putFloat(good.length - 4, Float.NaN);
                    yield good;
                }
                case FOR_OTHER_FEATURES ->
                    text.replace("\\\"path\\\":\\\"x\\\"", "\\\"path\\\":\\\"z\\\"")
                            .getBytes(ISO_8859_1);
                case FOR_ANOTHER_LOOP ->
                    TestModels.preferring("elsewhere", "a", "a", "b").toBytes();
                case NOT_A_MODEL -> new byte[] {1, 2, 3};
                case TOO_SLOW -> good;
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Bad.class)
    void whatIsNoGoodModelIsRefusedWithItsReasonAndTheOldOneGoesOn(Bad bad) {
        Loop loop = TestLoops.bandit("swapped", null, "a", "b");
        World.loop(loop);
        if (World.version("swapped") != 1) {
            // Once: were it published again, it might be taken up under the settings of this case.
            World.champion(GOOD, 1);
        }
        World.loop(TestLoops.serving(loop, serving(bad == Bad.TOO_SLOW), 2 + bad.ordinal()));
        double refused = refusals();
        long version = 10 + bad.ordinal();
        byte[] bytes = bad.bytes();
        String announced = bad == Bad.CORRUPT ? GOOD.sha256() : Artifact.sha256(bytes);
        World.publish("swapped", ModelRole.CHAMPION, version, announced, bytes);
        TrainingEvent event = awaitRefusal(version);
        assertThat(event.type()).isEqualTo(TrainingEventType.REFUSED);
        assertThat(event.message()).contains(bad.reason);
        assertThat(event.figures()).containsEntry("role", "champion").containsEntry("sizeBytes", bytes.length);
        assertThat(refusals()).isEqualTo(refused + 1);
        World.post("/v1/loops/swapped/decisions", "{}").statusCode(200).body("modelVersion", equalTo(1));
    }

    private static ServingSettings serving(boolean impatient) {
        return new ServingSettings(null, null, null, impatient ? Duration.ofNanos(1) : Duration.ofMinutes(1));
    }

    private static double refusals() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("leeway_models_refused_total{loop=\"swapped\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static TrainingEvent awaitRefusal(long version) {
        Predicate<TrainingEvent> wanted = event ->
                event.loop().equals("swapped") && event.modelVersion() != null && event.modelVersion() == version;
        ConsumerRecord<String, byte[]> record = World.awaitRecord(
                Topics.TRAINING_EVENTS, candidate -> wanted.test(Json.read(candidate.value(), TrainingEvent.class)));
        return Json.read(record.value(), TrainingEvent.class);
    }

    @Test
    void rollingBackAndForthAndLeavingTheRoleVacantWork() {
        World.loop(TestLoops.bandit("rolled", null, "a", "b"));
        Artifact a = TestModels.preferring("rolled", "a", "a", "b");
        Artifact b = TestModels.preferring("rolled", "b", "a", "b");
        World.champion(a, 1);
        World.champion(b, 2);
        World.champion(a, 1);
        World.post("/v1/loops/rolled/decisions", "{}")
                .body("modelVersion", equalTo(1))
                .body("ranking[0].action", equalTo("a"));
        given().get("/v1/loops/rolled/model").then().body("sha256", equalTo(a.sha256()));
        World.write(new ProducerRecord<>(Topics.MODELS, ModelRole.CHAMPION.key("rolled"), null));
        World.awaitVersion("rolled", 0);
    }

    @Test
    void aRecordThatNamesNoRoleIsADeadLetterAndDoesNotStopTheStream() {
        World.write(new ProducerRecord<>(Topics.MODELS, "no role", new byte[] {1}));
        World.write(new ProducerRecord<>(Topics.MODELS, "after-poison/champion", new byte[] {1}));
        ConsumerRecord<String, byte[]> noRole =
                World.awaitRecord(Topics.deadLetter(Topics.MODELS), letter -> "no role".equals(letter.key()));
        assertThat(World.header(noRole, Headers.DEAD_LETTER_REASON)).isEqualTo("must be loop/role: key=no role");
        ConsumerRecord<String, byte[]> noHeaders = World.awaitRecord(
                Topics.deadLetter(Topics.MODELS), letter -> "after-poison/champion".equals(letter.key()));
        assertThat(World.header(noHeaders, Headers.DEAD_LETTER_REASON))
                .isEqualTo("must be given as a header: leeway_loop");
        World.loop(TestLoops.bandit("after-poison", null, "a", "b"));
        World.champion(TestModels.preferring("after-poison", "a", "a", "b"), 1);
    }
}
