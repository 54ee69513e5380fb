package io.leeway.core.bakeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.online.OnlinePolicy;
import io.leeway.core.features.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final List<String> ACTIONS = List.of("a", "b", "c", "d");
    private static final RewardedStream STREAM =
            MadeStream.of(ACTIONS, 1000, (step, action) -> (step * step + step / 7) % 4 == action ? 1 : 0, () -> {});

    @Test
    void aUniformPolicyLosesThreeTimesInFour() {
        TrialResult result = Trial.run(new Fixed(0.25, 0.25, 0.25, 0.25), STREAM, 1, () -> 0, steps -> {});
        // Standard deviation of the mean loss: sqrt(0.75 * 0.25 / 1000) = 0.0137; five of them are missed once in 1.7
        // million seeds.
        assertThat(result.loss()).isCloseTo(0.75, within(0.069));
        assertThat(result.standardError()).isCloseTo(0.0137, within(0.001));
        assertThat(result.meanReward()).isCloseTo(1 - result.loss(), within(1e-12));
        assertThat(result.relativeRegret()).isCloseTo(result.loss() / 0.75 * 100, within(1e-9));
        assertThat(result.smallestProbability()).isEqualTo(0.25);
        assertThat(result.course().stream().mapToDouble(part -> part).average().orElseThrow())
                .isCloseTo(result.loss(), within(1e-12));
    }

    @Test
    void onlyTheChoiceAndItsRewardAreLearnedOncePerStepAfterTheDecision() {
        Fixed policy = new Fixed(0.1, 0.2, 0.3, 0.4);
        TrialResult result = Trial.run(policy, STREAM, 2, () -> 0, steps -> {});
        assertThat(policy.learned).hasSize(STREAM.steps());
        int hits = 0;
        for (int step = 0; step < STREAM.steps(); step++) {
            Fixed.Learned learned = policy.learned.get(step);
            assertThat(learned.decisionsBefore()).isEqualTo(step + 1);
            assertThat(learned.situation().context())
                    .isEqualTo(STREAM.situation(step).context());
            assertThat(learned.reward())
                    .isEqualTo(STREAM.reward(step, learned.choice().action()));
            assertThat(learned.choice().probability())
                    .isCloseTo(0.1 * (learned.choice().action() + 1), within(1e-12));
            hits += (int) learned.reward();
        }
        assertThat(result.loss()).isCloseTo(1 - hits / 1000.0, within(1e-12));
    }

    @Test
    void theSeedDecidesEveryDraw() {
        Fixed first = new Fixed(0.25, 0.25, 0.25, 0.25);
        Fixed again = new Fixed(0.25, 0.25, 0.25, 0.25);
        Fixed other = new Fixed(0.25, 0.25, 0.25, 0.25);
        Trial.run(first, STREAM, 3, () -> 0, steps -> {});
        Trial.run(again, STREAM, 3, () -> 0, steps -> {});
        Trial.run(other, STREAM, 4, () -> 0, steps -> {});
        assertThat(again.choices()).isEqualTo(first.choices());
        assertThat(other.choices()).isNotEqualTo(first.choices());
    }

    @Test
    void theClockRunsWhileThePolicyWorksAndNotWhileSituationsAreMade() {
        AtomicLong nanos = new AtomicLong();
        OnlinePolicy slow = new OnlinePolicy() {
            @Override
            public Distribution decide(Situation situation, RandomGenerator random) {
                nanos.addAndGet(2_000);
                return Distribution.uniform(situation.size());
            }

            @Override
            public void learn(Situation situation, Choice choice, double reward) {
                nanos.addAndGet(3_000);
            }
        };
        RewardedStream costly = MadeStream.of(ACTIONS, 100, (step, action) -> 0, () -> nanos.addAndGet(1_000_000));
        AtomicInteger told = new AtomicInteger();
        TrialResult result = Trial.run(slow, costly, 1, nanos::get, told::set);
        assertThat(result.cpuMicrosPerStep()).isCloseTo(5, within(1e-9));
        assertThat(told.get()).isEqualTo(100);
    }

    @Test
    void lossIsWhatTheBestActionWouldHaveEarnedMore() {
        RewardedStream costs = MadeStream.of(ACTIONS, 4, (step, action) -> -10.0 * action - step, () -> {});
        TrialResult result = Trial.run(new Fixed(0, 0, 1, 0), costs, 1, () -> 0, steps -> {});
        assertThat(result.loss()).isEqualTo(20);
        assertThat(result.meanReward()).isEqualTo(-21.5);
        // Uniform loses (0 + 10 + 20 + 30) / 4 = 15.
        assertThat(result.relativeRegret()).isCloseTo(100 * 20 / 15.0, within(1e-9));
    }

    @Test
    void whenActionsTradePlacesNoneKeepsItsOwn() {
        for (int seed = 0; seed < 20; seed++) {
            RewardedStream changing = new ChangingStream(STREAM, 500, new SplittableRandom(seed));
            for (int step = 0; step < 1000; step++) {
                int best = best(changing, step);
                if (step < 500) {
                    assertThat(best).isEqualTo(best(STREAM, step));
                } else {
                    assertThat(best).isNotEqualTo(best(STREAM, step));
                }
            }
            // One permutation for the whole of the changed world: a label is always earned by the same other action.
            int[] moved = new int[] {-1, -1, -1, -1};
            for (int step = 500; step < 1000; step++) {
                int label = best(STREAM, step);
                assertThat(moved[label]).isIn(-1, best(changing, step));
                moved[label] = best(changing, step);
            }
            assertThat(moved).containsExactlyInAnyOrder(0, 1, 2, 3);
        }
    }

    @Test
    void aPrefixHasTheStreamsFirstSteps() {
        assertThat(new StreamPrefix(STREAM, 7).steps()).isEqualTo(7);
        assertThatThrownBy(() -> new StreamPrefix(STREAM, 1001)).hasMessage("must be in [1, 1000]: steps=1001");
        assertThatThrownBy(() -> new StreamPrefix(STREAM, 0)).hasMessageContaining("steps=0");
    }

    private static int best(RewardedStream stream, int step) {
        return IntStream.range(0, 4)
                .filter(action -> stream.reward(step, action) == 1)
                .findFirst()
                .orElseThrow();
    }

    /** Always the same distribution; remembers what it was told. */
    private static final class Fixed implements OnlinePolicy {
        private record Learned(int decisionsBefore, Situation situation, Choice choice, double reward) {}

        private final Distribution distribution;
        private final List<Learned> learned = new ArrayList<>();
        private int decisions;

        Fixed(double... probabilities) {
            distribution = Distribution.of(probabilities);
        }

        @Override
        public Distribution decide(Situation situation, RandomGenerator random) {
            decisions++;
            return distribution;
        }

        @Override
        public void learn(Situation situation, Choice choice, double reward) {
            learned.add(new Learned(decisions, situation, choice, reward));
        }

        List<Choice> choices() {
            return learned.stream().map(Learned::choice).toList();
        }
    }
}
