package io.leeway.prediction.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.ModelRole;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class ModelListenerTest {
    private static final Artifact GOOD = TestModels.preferring("swapped", "a", "a", "b");

    @Test
    void badModelsAreToldAndTheOldOneGoesOn() {
        World.loop(TestLoops.bandit("swapped", null, "a", "b"));
        World.champion(GOOD, 1);
        byte[] corrupt = GOOD.toBytes();
        corrupt[corrupt.length / 2] ^= 1;
        World.publish("swapped", ModelRole.CHAMPION, 2, GOOD.sha256(), corrupt);
        ConsumerRecord<String, byte[]> record =
                World.awaitRecord(Topics.TRAINING_EVENTS, candidate -> "swapped".equals(candidate.key()));
        TrainingEvent event = Json.read(record.value(), TrainingEvent.class);
        assertThat(event.type()).isEqualTo(TrainingEventType.REFUSED);
        assertThat(event.modelVersion()).isEqualTo(2);
        assertThat(event.message()).contains("must be " + GOOD.sha256() + " as announced: sha256=");
        World.awaitVersion("swapped", 1);

        World.champion(GOOD, 3);
        World.write(new ProducerRecord<>(Topics.MODELS, ModelRole.CHAMPION.key("swapped"), null));
        World.awaitVersion("swapped", 0);
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
