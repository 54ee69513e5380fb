package io.leeway.core.bandit.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that keep the data honest, over every policy of the registry: a new one is held to them when it lands. */
@ExtendWith(SeededRandom.class)
class HonestyTest {
    static Iterable<String> names() {
        return OnlinePolicies.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void probabilitiesSumToOneAndNoneIsBelowTheFloor(String name, Random random) {
        Set<String> parameters = OnlinePolicies.parameters(name);
        double floor = parameters.contains("floor") ? 0.05 : 0;
        OnlinePolicy policy = OnlinePolicies.of(name, floor > 0 ? Map.of("floor", floor) : Map.of());
        for (int i = 0; i < 300; i++) {
            Situation situation = Worlds.situation(random, Worlds.subset(random));
            Distribution distribution = policy.decide(situation, random);
            double sum = 0;
            for (double probability : distribution.toArray()) {
                assertThat(probability).isGreaterThanOrEqualTo(floor / situation.size() - 1e-12);
                sum += probability;
            }
            assertThat(distribution.size()).isEqualTo(situation.size());
            assertThat(sum).isCloseTo(1, within(Distribution.TOLERANCE));
            Worlds.learn(policy, situation, distribution, random);
        }
    }

    /**
     * Chi-square of the actions drawn against the probabilities stated, over 2000 decisions on one situation (votes are counted anew each
     * time; then the variance is at most that of the mean probabilities). Actions expected less than five times are pooled.
     * False-alarm rate 1e-7 per policy.
     */
    @ParameterizedTest
    @MethodSource("names")
    void longRunFrequenciesMatchTheProbabilities(String name, Random random) {
        OnlinePolicy policy = OnlinePolicies.of(name, Map.of());
        Worlds.train(policy, 60, random);
        Situation situation = Worlds.situation(random, Worlds.IDS);
        double[] drawn = new double[situation.size()];
        double[] expected = new double[situation.size()];
        for (int i = 0; i < 2000; i++) {
            Distribution distribution = policy.decide(situation, random);
            drawn[distribution.sample(random.nextDouble())]++;
            for (int action = 0; action < expected.length; action++) {
                expected[action] += distribution.probability(action);
            }
        }
        assertThat(excessOfChiSquare(drawn, expected, 1e-7)).isLessThanOrEqualTo(0);
    }

    /** The mean of 1[a drawn] / p(a) over decisions and actions is 1 wherever p > 0; bound 5.2 sd as derived from the p's. */
    @ParameterizedTest
    @MethodSource("names")
    @Seed(20261122)
    void importanceWeightsAverageToOne(String name, Random random) {
        Map<String, Double> floor =
                OnlinePolicies.parameters(name).contains("floor") ? Map.of("floor", 0.2) : Map.<String, Double>of();
        OnlinePolicy policy = OnlinePolicies.of(name, floor);
        double excess = 0;
        double variance = 0;
        for (int i = 0; i < 2000; i++) {
            Situation situation = Worlds.situation(random, Worlds.subset(random));
            Distribution distribution = policy.decide(situation, random);
            int uniform = random.nextInt(situation.size());
            Choice choice = distribution.choose(random.nextDouble());
            double probability = distribution.probability(uniform);
            if (probability > 0) {
                // The weight of a target policy that always takes the action drawn uniformly.
                excess += (choice.action() == uniform ? 1 / choice.probability() : 0) - 1;
                variance += 1 / probability - 1;
            }
            policy.learn(situation, choice, Worlds.reward(situation, choice.action(), random));
        }
        assertThat(Math.abs(excess)).isLessThanOrEqualTo(5.2 * Math.sqrt(variance) + 1e-9);
    }

    @ParameterizedTest
    @MethodSource("names")
    void permutingTheActionsPermutesTheProbabilities(String name, Random random) {
        OnlinePolicy policy = OnlinePolicies.of(name, Map.of());
        boolean votes = OnlinePolicies.parameters(name).contains("votes");
        for (int i = 0; i < 60; i++) {
            SparseVector context = Worlds.context(random);
            List<String> ids = new ArrayList<>(Worlds.IDS);
            Distribution straight = policy.decide(Worlds.situation(context, ids), new SplittableRandom(i));
            List<String> shuffled = new ArrayList<>(ids);
            Collections.shuffle(shuffled, random);
            Distribution permuted = policy.decide(Worlds.situation(context, shuffled), new SplittableRandom(i));
            for (int action = 0; action < ids.size(); action++) {
                double probability = permuted.probability(shuffled.indexOf(ids.get(action)));
                // Votes are drawn: a share of 64 votes has sd <= 1/16, the difference of two <= 0.09; 0.5 is 5.6 sd.
                assertThat(probability).isCloseTo(straight.probability(action), within(votes ? 0.5 : 1e-9));
            }
            Worlds.train(policy, 3, random);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void anExcludedActionIsNeverChosenHoweverGood(String name, Random random) {
        OnlinePolicy policy = OnlinePolicies.of(name, Map.of());
        for (int i = 0; i < 200; i++) {
            Situation situation = Worlds.situation(random, Worlds.IDS);
            Choice choice = policy.decide(situation, random).choose(random.nextDouble());
            policy.learn(situation, choice, situation.actionId(choice.action()).equals("c") ? 10 : 0);
        }
        List<String> eligible = List.of("e", "a", "b");
        for (int i = 0; i < 100; i++) {
            Situation situation = Worlds.situation(random, eligible);
            Distribution distribution = policy.decide(situation, random);
            assertThat(distribution.size()).isEqualTo(3);
            assertThat(situation.actionId(distribution.sample(random.nextDouble())))
                    .isIn(eligible);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void sameFeedbackAndSeedGiveTheSameDistribution(String name) {
        OnlinePolicy one = OnlinePolicies.of(name, Map.of());
        OnlinePolicy other = OnlinePolicies.of(name, Map.of());
        Worlds.train(one, 200, new Random(5));
        Worlds.train(other, 200, new Random(5));
        Situation situation = Worlds.situation(new Random(6), Worlds.IDS);
        assertThat(one.decide(situation, new Random(7))).isEqualTo(other.decide(situation, new Random(7)));
        assertThat(one.decide(situation, new Random(7))).isEqualTo(one.decide(situation, new Random(7)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusesRewardsThatAreNotFiniteAndIsNotChangedByThem(String name) {
        OnlinePolicy policy = OnlinePolicies.of(name, Map.of());
        OnlinePolicy spared = OnlinePolicies.of(name, Map.of());
        Worlds.train(policy, 50, new Random(8));
        Worlds.train(spared, 50, new Random(8));
        Situation situation = Worlds.situation(new Random(9), Worlds.IDS);
        for (double reward : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            for (int action = 0; action < situation.size(); action++) {
                Choice choice = new Choice(action, 0.2);
                assertThatThrownBy(() -> policy.learn(situation, choice, reward))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("must be finite: reward=" + reward);
            }
        }
        assertThat(policy.decide(situation, new Random(1))).isEqualTo(spared.decide(situation, new Random(1)));
    }

    /** Huge, tiny, constant, missing and new features and rewards among ordinary ones; afterwards it learns as before. */
    @ParameterizedTest
    @MethodSource("names")
    void wildNumbersNeitherBreakNorPoison(String name) {
        Random random = new Random(10);
        OnlinePolicy policy = OnlinePolicies.of(name, Map.of());
        double[] wild = {1e300, -1e300, 1e-300, 0, Double.MAX_VALUE, Double.MIN_VALUE, -1e12, 1e12, 7};
        for (int i = 0; i < 400; i++) {
            SparseVector.Builder context = new SparseVector.Builder(4).number(50, 7);
            for (int column = 0; column < 3; column++) {
                if (random.nextInt(4) > 0) {
                    context.number(
                            column, random.nextInt(4) == 0 ? wild[random.nextInt(wild.length)] : random.nextGaussian());
                }
            }
            context.indicator(1000 + random.nextInt(1 + i));
            Situation situation = Worlds.situation(context.build(), Worlds.subset(random));
            Choice choice = policy.decide(situation, random).choose(random.nextDouble());
            double reward = random.nextInt(4) == 0 ? wild[random.nextInt(wild.length)] : random.nextInt(2);
            policy.learn(situation, choice, reward);
        }
        double rate =
                Recovery.BLIND.contains(name) ? Recovery.blindRate(policy, random) : Recovery.rate(policy, random);
        assertThat(rate).as("right choices after the wild numbers").isGreaterThan(0.6);
    }

    /** The chi-square statistic minus its critical value at a level; cells below five are pooled. */
    private static double excessOfChiSquare(double[] drawn, double[] expected, double level) {
        double statistic = 0;
        int cells = 0;
        double pooledDrawn = 0;
        double pooledExpected = 0;
        for (int i = 0; i < drawn.length; i++) {
            if (expected[i] < 5) {
                pooledDrawn += drawn[i];
                pooledExpected += expected[i];
            } else {
                statistic += Math.pow(drawn[i] - expected[i], 2) / expected[i];
                cells++;
            }
        }
        if (pooledExpected > 0) {
            // A rare pool is skewed to the right: judged with the variance of at least five expected.
            statistic += Math.pow(pooledDrawn - pooledExpected, 2) / Math.max(5, pooledExpected);
            cells++;
        }
        if (cells < 2) {
            return 0;
        }
        return statistic - new ChiSquaredDistribution(cells - 1).inverseCumulativeProbability(1 - level);
    }
}
