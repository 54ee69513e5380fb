package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.ServingSettings;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.core.model.Artifact;
import io.leeway.kit.LoopDirectory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SwapModelsTest {
    private final RecordingLog log = new RecordingLog();
    private final LoopDirectory loops = new LoopDirectory();
    private final ServingModels models = new ServingModels(loops);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SwapModels swap = new SwapModels(
            models, loops, log, Clock.fixed(TestLoops.NOW, ZoneOffset.UTC), registry, ConfigForTests.defaults());

    private long version() {
        return models.get("films").policy().modelVersion();
    }

    private static PublishedModel published(long version, String preferred) {
        return TestModels.published(TestModels.preferring("films", preferred, "a", "b"), version);
    }

    @Test
    void aModelThatCameBeforeItsLoopServesWhenTheLoopComes() {
        swap.take(published(1, "a"));
        loops.put(TestLoops.bandit("films", null, "a", "b"));
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void rollingBackAndForthWorks() {
        loops.put(TestLoops.bandit("films", null, "a", "b"));
        for (long version : new long[] {1, 2, 1, 3}) {
            swap.take(published(version, "b"));
            assertThat(version()).isEqualTo(version);
        }
        swap.vacate("films", ModelRole.CHAMPION);
        assertThat(version()).isZero();
        assertThat(registry.get("leeway.models.swapped").counter().count()).isEqualTo(4);
    }

    @Test
    void aRefusedModelLeavesTheOldOneServingAndIsTold() {
        loops.put(TestLoops.bandit("films", null, "a", "b"));
        swap.take(published(1, "a"));
        byte[] bytes = {1, 2, 3};
        swap.take(new PublishedModel("place-7", "films", ModelRole.CHAMPION, 2, Artifact.sha256(bytes), bytes));
        assertThat(version()).isEqualTo(1);
        assertThat(registry.get("leeway.models.refused").counter().count()).isEqualTo(1);
        TrainingEvent event = (TrainingEvent) log.events.get(0);
        assertThat(event.type()).isEqualTo(TrainingEventType.REFUSED);
        assertThat(event.modelVersion()).isEqualTo(2);
        assertThat(event.trainingEventId()).isEqualTo("refused-place-7");
        assertThat(event.message()).isEqualTo("must be >= 8 bytes: size=3");
    }

    @Test
    void aLoopSaysHowLongAModelMayTake() {
        Loop loop = TestLoops.bandit("films", null, "a", "b");
        loops.put(loop);
        swap.take(published(1, "a"));
        loops.put(TestLoops.serving(loop, new ServingSettings(null, null, null, Duration.ofNanos(1))));
        swap.take(published(2, "b"));
        assertThat(version()).isEqualTo(1);
        assertThat(((TrainingEvent) log.events.get(0)).message())
                .startsWith("must score a decision within PT0.000000001S: took PT");
        loops.put(TestLoops.serving(loop, new ServingSettings(null, null, null, Duration.ofMinutes(1))));
        swap.take(published(2, "b"));
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void aDeletedLoopIsUnknownAndItsModelWaitsForItsTombstone() {
        loops.put(TestLoops.bandit("films", null, "a", "b"));
        swap.take(published(1, "a"));
        loops.remove("films");
        assertThat(models.all()).isEmpty();
        swap.vacate("films", ModelRole.CHAMPION);
        loops.put(TestLoops.bandit("films", null, "a", "b"));
        assertThat(version()).isZero();
    }
}
