package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.RewardRange.OutOfRange;
import io.leeway.kit.EventIds;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.UnknownLoopException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcceptRewardTest {
    private final RecordingLog log = new RecordingLog();
    private final LoopDirectory loops = new LoopDirectory();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Clock clock = Clock.fixed(TestLoops.NOW, ZoneOffset.UTC);
    private final AcceptReward accept = new AcceptReward(
            loops,
            log,
            new Confirmations(Duration.ofSeconds(1), Duration.ofSeconds(1), System::nanoTime),
            new EventIds(clock, new SplittableRandom(1)),
            clock,
            registry);

    @BeforeEach
    void loops() {
        loops.put(loop("strict", OutOfRange.REFUSE));
        loops.put(loop("lenient", OutOfRange.CLIP));
        loops.put(TestLoops.regression("rides"));
    }

    private static io.leeway.contracts.Loop loop(String name, OutOfRange outOfRange) {
        RewardRange range = new RewardRange(-1.0, 5.0, outOfRange);
        return TestLoops.of(name, TestLoops.banditSettings(null, TestLoops.rewards(range), "a", "b"), null);
    }

    private static Reward reward(double value) {
        return new Reward(null, "e1", value, null, null, null, null, null);
    }

    private double count(String counter, String loop) {
        return registry.get(counter).tags("loop", loop).counter().count();
    }

    @Test
    void fillsInLoopTimeAndIdentity() {
        Reward accepted = accept.accept("strict", reward(5));
        assertThat(accepted.loop()).isEqualTo("strict");
        assertThat(accepted.time()).isEqualTo(TestLoops.NOW);
        assertThat(accepted.rewardId()).isNotBlank();
        assertThat(log.events).containsExactly(accepted);
        assertThat(count("leeway.rewards", "strict")).isEqualTo(1);
    }

    @Test
    void keepsWhatTheCallerSays() {
        Instant earlier = TestLoops.NOW.minusSeconds(60);
        Reward given = new Reward(null, "e1", -1.0, "r1", "top", "clicks", earlier, Map.of("note", "n"));
        assertThat(accept.accept("strict", given)).isEqualTo(given.withLoop("strict"));
    }

    @Test
    void refusesWhatIsOutsideOfTheRangeAndCountsIt() {
        assertThatThrownBy(() -> accept.accept("strict", reward(5.5)))
                .hasMessage("must be in [-1.0, 5.0], the range of loop strict: value=5.5");
        assertThat(count("leeway.rewards.refused", "strict")).isEqualTo(1);
        assertThat(log.events).isEmpty();
    }

    @Test
    void clipsWhereTheLoopSaysSoAndKeepsTheOriginal() {
        Reward clipped = accept.accept("lenient", reward(-7));
        assertThat(clipped.value()).isEqualTo(-1);
        assertThat(clipped.other()).containsEntry("originalValue", -7.0);
        assertThat(count("leeway.rewards.clipped", "lenient")).isEqualTo(1);
    }

    @Test
    void anObservedValueHasNoRange() {
        assertThat(accept.accept("rides", reward(1e9)).value()).isEqualTo(1e9);
    }

    @Test
    void activationsAreLogged() {
        Activation activation = accept.activate("strict", "e1");
        assertThat(activation.time()).isEqualTo(TestLoops.NOW);
        assertThat(log.events).containsExactly(activation);
    }

    @Test
    void anUnknownOrContradictedLoopIsRefused() {
        assertThatThrownBy(() -> accept.accept("nope", reward(1))).isInstanceOf(UnknownLoopException.class);
        assertThatThrownBy(() -> accept.activate("nope", "e1")).isInstanceOf(UnknownLoopException.class);
        assertThatThrownBy(() -> accept.accept("strict", reward(1).withLoop("lenient")))
                .hasMessage("must be the loop that is asked, strict: loop=lenient");
    }
}
