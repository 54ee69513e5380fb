package io.leeway.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.bandit.Mixture.Component;
import io.leeway.core.bandit.Mixture.Mixed;
import io.leeway.core.features.Action;
import io.leeway.core.model.SampledScorer;
import io.leeway.core.model.Scorer;
import io.leeway.core.testing.SeededRandom;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class PolicyTest {
    private static final List<Action> ACTIONS =
            IntStream.range(0, 5).mapToObj(i -> Action.of("a" + i)).toList();

    /** Three opinions of three actions; the means are 2, 2, 3, the deviations 0, sqrt(8/3), sqrt(2/3). */
    private static final double[][] OPINIONS = {{2, 4, 3}, {2, 2, 2}, {2, 0, 4}};

    private static SampledScorer opinions() {
        return new SampledScorer() {
            @Override
            public double[][] samples(Map<String, ?> context, List<Action> actions) {
                return OPINIONS;
            }

            @Override
            public double[] score(Map<String, ?> context, List<Action> actions) {
                return SampledScorer.means(OPINIONS);
            }

            @Override
            public double predict(Map<String, ?> context) {
                throw new IllegalStateException();
            }
        };
    }

    @Test
    void thompsonGivesEachActionItsShareOfTheVotes() {
        List<Action> three = ACTIONS.subList(0, 3);
        Scored scored = new Policy(opinions(), new Thompson(), 0).decide(Map.of(), three);
        // The first votes for the second action, the second opinion is torn between all, the third is for the last.
        assertThat(scored.distribution().toArray())
                .containsExactly(new double[] {1 / 9.0, 4 / 9.0, 4 / 9.0}, within(1e-15));
        assertThat(scored.scores().orElseThrow()).containsExactly(new double[] {2, 2, 3}, within(1e-15));
        double[] floored = new Policy(opinions(), new Thompson(), 0.3)
                .distribution(Map.of(), three)
                .toArray();
        assertThat(floored).containsExactly(new double[] {0.1 + 0.7 / 9, 0.1 + 2.8 / 9, 0.1 + 2.8 / 9}, within(1e-15));
        double[] single = new Policy(fixed(1, 5, 2), new Thompson(), 0)
                .distribution(Map.of(), three)
                .toArray();
        assertThat(single).containsExactly(0, 1, 0);
    }

    @Test
    void ucbTakesTheHighestBoundAndOthersTheMean() {
        List<Action> three = ACTIONS.subList(0, 3);
        // 3 + .816 beta against 2 + 1.633 beta: the bounds meet at beta = 1.2247.
        double[] careful = new Policy(opinions(), new UpperBound(1.2), 0)
                .distribution(Map.of(), three)
                .toArray();
        double[] daring = new Policy(opinions(), new UpperBound(1.25), 0)
                .distribution(Map.of(), three)
                .toArray();
        double[] greedy = new Policy(opinions(), new Greedy(), 0)
                .distribution(Map.of(), three)
                .toArray();
        assertThat(careful).containsExactly(0, 0, 1);
        assertThat(daring).containsExactly(0, 1, 0);
        assertThat(greedy).containsExactly(0, 0, 1);
    }

    @Test
    void keepsTheFloorUnderEveryEligibleAction(Random random) {
        for (int i = 0; i < 1000; i++) {
            double floor = random.nextDouble();
            Policy policy = new Policy(fixed(0, 3, 1, -2, 0.5), new EpsilonGreedy(0), floor);
            List<Action> eligible = ACTIONS.subList(0, 1 + random.nextInt(5));
            Distribution distribution = policy.distribution(Map.of(), eligible);
            for (int action = 0; action < eligible.size(); action++) {
                assertThat(distribution.probability(action)).isGreaterThanOrEqualTo(floor / eligible.size() - 1e-15);
            }
        }
        Distribution two =
                new Policy(fixed(0, 3), new EpsilonGreedy(0), 0.1).distribution(Map.of(), ACTIONS.subList(0, 2));
        assertThat(two.toArray()).containsExactly(new double[] {0.05, 0.95}, within(1e-15));
    }

    @Test
    void isUniformWithoutAScorer() {
        Scored scored = Policy.uniform().decide(Map.of(), ACTIONS);
        assertThat(scored.scores()).isEmpty();
        assertThat(scored.distribution()).isEqualTo(Distribution.uniform(5));
        assertThat(new Policy(null, new EpsilonGreedy(0), 0.0).distribution(Map.of(), ACTIONS))
                .isEqualTo(Distribution.uniform(5));
    }

    @Test
    void capturesScoresAndDistributionOfOneScorer() {
        Scored scored = new Policy(fixed(1, 2), new Softmax(1), 0.0).decide(Map.of(), ACTIONS.subList(0, 2));
        assertThat(scored.scores())
                .hasValueSatisfying(scores -> assertThat(scores).containsExactly(1, 2));
        assertThat(scored.distribution().probability(1)).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-12));
        assertThat(scored.choose(0.999).probability())
                .isEqualTo(scored.distribution().probability(1));
    }

    @Test
    void refusesNoActionsAndFloorsOutsideTheirRange() {
        assertThatThrownBy(() -> Policy.uniform().decide(Map.of(), List.of())).hasMessage("must be >= 1: actions=0");
        for (double floor : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new Policy(null, new Uniform(), floor))
                    .hasMessage("must be in [0, 1]: floor=" + floor);
        }
    }

    @Test
    void logsTheMixturesProbability() {
        Mixed mixed = canary(0.25).decide(Map.of(), ACTIONS.subList(0, 3));

        assertThat(mixed.distribution().toArray())
                .containsExactly(
                        new double[] {
                            0.75 * 0.1 / 3 + 0.25 * 0.9333333333333333,
                            0.75 * 0.9333333333333333 + 0.25 * 0.1 / 3,
                            0.1 / 3
                        },
                        within(1e-12));
        assertThat(mixed.drawComponent(0.7)).isZero();
        assertThat(mixed.drawComponent(0.8)).isEqualTo(1);
        Choice challengers = mixed.choose(1, 0.5);
        assertThat(challengers.action()).isZero();
        assertThat(challengers.probability()).isEqualTo(mixed.distribution().probability(0));
    }

    /** Seeds are the event ids, so the outcome is the same in every run; by chance one choice of ids in a million fails. */
    @Test
    void reachesTheLoggedProbabilitiesInTheLongRun() {
        Mixed mixed = canary(0.1).decide(Map.of(), ACTIONS.subList(0, 3));
        long[] counts = new long[3];
        long[] components = new long[2];
        for (int i = 0; i < 200_000; i++) {
            String event = "event-" + i;
            int component = mixed.drawComponent(Seeds.uniform("salt", event, "", "component"));
            components[component]++;
            counts[
                    mixed.choose(component, Seeds.uniform("salt", event, "", "action"))
                            .action()]++;
        }
        assertThat(ChiSquareOfCounts.pValue(counts, mixed.distribution().toArray()))
                .isGreaterThan(1e-6);
        assertThat(ChiSquareOfCounts.pValue(components, new double[] {0.9, 0.1}))
                .isGreaterThan(1e-6);
    }

    @Test
    void refusesMixturesWhoseWeightsDoNotSumToOne() {
        assertThatThrownBy(() -> new Mixture(List.of(new Component("1", 0.5, Policy.uniform()))))
                .hasMessageContaining("sum=0.5");
        assertThatThrownBy(() -> new Mixture(List.of())).hasMessage("must be >= 1: actions=0");
    }

    /** The champion prefers action 1, the challenger action 0. */
    private static Mixture canary(double share) {
        return new Mixture(List.of(
                new Component("1", 1 - share, new Policy(fixed(0, 1, 0.5), new EpsilonGreedy(0.1), 0.0)),
                new Component("2", share, new Policy(fixed(1, 0, 0.5), new EpsilonGreedy(0.1), 0.0))));
    }

    private static Scorer fixed(double... scores) {
        return new Scorer() {
            @Override
            public double[] score(Map<String, ?> context, List<Action> actions) {
                return java.util.Arrays.copyOf(scores, actions.size());
            }

            @Override
            public double predict(Map<String, ?> context) {
                throw new IllegalStateException("bandit");
            }
        };
    }
}
