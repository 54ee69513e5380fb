package io.leeway.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.json.JsonObject;
import io.leeway.core.testing.Golden;
import io.leeway.core.testing.SeededRandom;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SeededRandom.class)
class ExplorationTest {
    private static final double SUM = 1e-9;

    static List<Exploration> rules() {
        return List.of(
                new Uniform(),
                new EpsilonGreedy(0),
                new EpsilonGreedy(0.3),
                new EpsilonGreedy(1),
                new Softmax(0.01),
                new Softmax(3),
                new SquareCb(0, 1),
                new SquareCb(30, 0.5),
                new SquareCb(1e12, 1e-3));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void sumsToOneAndIsNeverNegative(Exploration rule) {
        Random random = new Random(rule.hashCode());
        for (int i = 0; i < 2000; i++) {
            double[] scores = scores(random);
            double[] probabilities = rule.probabilities(scores);
            double sum = 0;
            for (double probability : probabilities) {
                assertThat(probability).isBetween(0.0, 1.0 + SUM);
                sum += probability;
            }
            assertThat(probabilities).hasSameSizeAs(scores);
            assertThat(sum).isCloseTo(1, within(SUM));
            Distribution.of(probabilities);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void permutesWithTheActionsAndSplitsTies(Exploration rule) {
        Random random = new Random(rule.hashCode());
        for (int i = 0; i < 2000; i++) {
            double[] scores = scores(random);
            double[] probabilities = rule.probabilities(scores);
            int shift = random.nextInt(scores.length);
            double[] rotated = new double[scores.length];
            for (int k = 0; k < scores.length; k++) {
                rotated[k] = scores[(k + shift) % scores.length];
            }
            double[] ofRotated = rule.probabilities(rotated);
            for (int k = 0; k < scores.length; k++) {
                assertThat(ofRotated[k]).isCloseTo(probabilities[(k + shift) % scores.length], within(1e-12));
                for (int other = 0; other < scores.length; other++) {
                    if (scores[k] == scores[other]) {
                        assertThat(probabilities[k]).isEqualTo(probabilities[other]);
                    } else if (scores[k] > scores[other]) {
                        assertThat(probabilities[k]).isGreaterThanOrEqualTo(probabilities[other] - 1e-15);
                    }
                }
            }
        }
    }

    @Test
    void givesTheProbabilitiesWorkedOutOutside() {
        JsonObject golden = Golden.json().object("exploration");
        double[] scores = golden.numbers("scores");
        Map<String, Exploration> rules = Map.of(
                "uniform", new Uniform(),
                "epsilonGreedy", new EpsilonGreedy(0.3),
                "softmax", new Softmax(0.25),
                "squareCb", new SquareCb(10, 2));
        rules.forEach((name, rule) ->
                assertThat(rule.probabilities(scores)).as(name).containsExactly(golden.numbers(name), within(1e-14)));
    }

    @Test
    void keepsSquareCbsBoundOnTheRegretOfExploring(Random random) {
        // Foster and Rakhlin, lemma 3: the expected gap under inverse gap weighting is at most K / gamma.
        for (int i = 0; i < 2000; i++) {
            double gamma = 1 + random.nextInt(500);
            double[] scores = scores(random);
            double[] probabilities = new SquareCb(gamma, 1).probabilities(scores);
            double best = java.util.Arrays.stream(scores).max().orElseThrow();
            double gap = 0;
            for (int k = 0; k < scores.length; k++) {
                gap += probabilities[k] * (best - scores[k]);
            }
            assertThat(gap).isLessThanOrEqualTo(scores.length / gamma + 1e-9);
        }
    }

    @Test
    void survivesScoresAtTheEndOfTheRange() {
        double[] extreme = {Double.MAX_VALUE, -Double.MAX_VALUE, 0};
        for (Exploration rule : rules()) {
            Distribution.of(rule.probabilities(extreme));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesScoresThatAreNotFinite(double score) {
        for (Exploration rule : rules()) {
            assertThatThrownBy(() -> rule.probabilities(new double[] {0, score}))
                    .hasMessage("must be finite: scores[1]=" + score);
            assertThatThrownBy(() -> rule.probabilities(new double[0])).hasMessage("must be >= 1: actions=0");
        }
    }

    @Test
    void isMadeByName() {
        assertThat(Exploration.of("uniform", Map.of())).isEqualTo(new Uniform());
        assertThat(Exploration.of("epsilon-greedy", Map.of("epsilon", 0.2))).isEqualTo(new EpsilonGreedy(0.2));
        assertThat(Exploration.of("SOFTMAX", Map.of("temperature", 2.0))).isEqualTo(new Softmax(2));
        assertThat(Exploration.of("squareCb", Map.of("gamma", 5.0, "scale", 4.0)))
                .isEqualTo(new SquareCb(5, 4));
        assertThat(Exploration.of("squareCb", null)).isInstanceOf(SquareCb.class);
        assertThatThrownBy(() -> Exploration.of("exp3", Map.of())).hasMessageContaining("exploration=exp3");
        assertThat(Exploration.of("thompson", Map.of())).isEqualTo(new Thompson());
        assertThat(Exploration.of("ucb", Map.of("beta", 2.0))).isEqualTo(new UpperBound(2));
        assertThatThrownBy(() -> new UpperBound(-1)).hasMessageContaining("beta=-1");
        assertThatThrownBy(() -> Exploration.of("softmax", Map.of("epsilon", 0.1)))
                .hasMessage("must be one of [temperature]: parameter=epsilon");
        assertThatThrownBy(() -> Exploration.of("epsilonGreedy", Map.of("epsilon", 1.5)))
                .hasMessage("must be in [0, 1]: epsilon=1.5");
        assertThatThrownBy(() -> new Softmax(0)).hasMessage("must be > 0: temperature=0.0");
        assertThatThrownBy(() -> new SquareCb(-1, 1)).hasMessage("must be >= 0: gamma=-1.0");
        assertThatThrownBy(() -> new SquareCb(1, 0)).hasMessage("must be > 0: scale=0.0");
    }

    /** One to twelve scores on a coarse grid, so that ties are common; sometimes far apart. */
    private static double[] scores(Random random) {
        double[] scores = new double[1 + random.nextInt(12)];
        double step = Math.pow(10, random.nextInt(7) - 3);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextInt(6) * step;
        }
        return scores;
    }
}
