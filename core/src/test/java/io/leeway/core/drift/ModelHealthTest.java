package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.json.Json;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class ModelHealthTest {
    /** 400 samples at 5 percent: 20 expected, sd 4.4; 42 is 5 sd above. */
    @Test
    @Seed(20261124)
    void calibrationThatHoldsRaisesNothing(Random random) {
        int classes = 0;
        int spiegelhalter = 0;
        int change = 0;
        for (int i = 0; i < 400; i++) {
            double[] p = uniform(random, 1000);
            double[] y = drawn(random, p, 1);
            double[] q = uniform(random, 600);
            classes += Calibration.of(p, y).pValue() < 0.05 ? 1 : 0;
            spiegelhalter += Calibration.spiegelhalter(p, y).pValue() < 0.05 ? 1 : 0;
            change += Calibration.change(p, y, q, drawn(random, q, 1)).pValue() < 0.05 ? 1 : 0;
        }
        assertThat(spiegelhalter).isBetween(4, 42);
        assertThat(classes).isBetween(4, 42);
        assertThat(change).isBetween(4, 42);
    }

    @Test
    @Seed(20261122)
    void seesProbabilitiesThatAreTooBold(Random random) {
        double[] p = uniform(random, 3000);
        double[] timid = drawn(random, p, 0.6); // half as far from one half as was said
        Calibration calibration = Calibration.of(p, timid);
        assertThat(calibration.pValue()).isLessThan(1e-6);
        // The mean of |0.4 (p - 1/2)| over even p is 0.1.
        assertThat(calibration.expectedError()).isCloseTo(0.1, within(0.03));
        assertThat(Math.abs(calibration.bias())).isLessThan(0.04);
        assertThat(calibration.bins()).hasSize(Calibration.CLASSES);
        assertThat(Calibration.spiegelhalter(p, timid).pValue()).isLessThan(1e-6);
        double[] q = uniform(random, 3000);
        assertThat(Calibration.change(p, timid, q, drawn(random, q, 0.6)).pValue())
                .isGreaterThan(1e-4);
        assertThat(Calibration.change(p, timid, q, drawn(random, q, 1)).pValue())
                .isLessThan(1e-6);
    }

    /** By hand: p = (.2, .8), y = (0, 1): sum of (y-p)(1-2p) is -.24, variance 2 x .36 x .16. */
    @Test
    void spiegelhalterAsByHand() {
        TestResult result = Calibration.spiegelhalter(new double[] {0.2, 0.8}, new double[] {0, 1});
        assertThat(result.statistic()).isCloseTo(-0.24 / Math.sqrt(0.1152), within(1e-12));
        assertThatThrownBy(() -> Calibration.spiegelhalter(new double[] {2}, new double[] {1}))
                .hasMessage("must be in [0, 1]: value=2.0");
    }

    @Test
    @Seed(20261122)
    void evenExplorationIsWorthEveryDecisionAndGreedyFew(Random random) {
        ExplorationHealth even = new ExplorationHealth();
        ExplorationHealth greedy = new ExplorationHealth();
        for (int i = 0; i < 4000; i++) {
            even.add(new double[] {0.25, 0.25, 0.25, 0.25}, i % 4);
            double u = random.nextDouble();
            greedy.add(new double[] {0.97, 0.01, 0.01, 0.01}, u < 0.97 ? 0 : 1 + (int) ((u - 0.97) / 0.0100001));
        }
        assertThat(even.figures().effectiveSampleSize()).isCloseTo(4000, within(1e-6));
        assertThat(even.figures().entropyShare()).isCloseTo(1, within(1e-9));
        // E w = 1, E w^2 = sum of 1/(16 p) = 18.8: 5.3 percent.
        assertThat(greedy.figures().effectiveShare()).isCloseTo(1 / 18.81, within(0.015));
        assertThat(greedy.figures().smallestProbability()).isEqualTo(0.01);
        assertThat(greedy.figures().meanLogProbability())
                .isCloseTo(0.97 * Math.log(0.97) + 0.03 * Math.log(0.01), within(0.05));
        @SuppressWarnings("unchecked")
        ExplorationHealth restored =
                ExplorationHealth.fromJson((Map<String, Object>) Json.read(Json.write(greedy.toJson())));
        restored.merge(even);
        assertThat(restored.figures().decisions()).isEqualTo(8000);
        even.add(new double[] {1}, 0);
        assertThat(even.figures().decisions()).isEqualTo(4000);
        even.add(new double[] {1, 0}, 0);
        assertThat(even.figures().settled()).isEqualTo(1);
        assertThatThrownBy(() -> even.add(new double[] {1, 0}, 1)).hasMessage("must be in (0, 1]: probability=0.0");
    }

    /** Intervals of 95 percent over 60 draws: 57 expected to hold the truth, sd 1.7; 49 is 4.7 sd below. */
    @Test
    @Seed(20261125)
    void estimatesTheErrorBeforeTheRewardsArrive(Random random) {
        int held = 0;
        int moved = 0;
        SplittableRandom splits = new SplittableRandom(5);
        for (int i = 0; i < 60; i++) {
            Sample known = sample(random, 800, 0);
            Sample later = sample(random, 400, 0.7);
            QualityEstimate estimate = ErrorEstimator.fit(known.rows, known.predicted, known.rewards, splits)
                    .meanAbsoluteError(later.rows, later.predicted);
            double truth = 0;
            for (int r = 0; r < later.predicted.length; r++) {
                truth += Math.abs(later.rewards[r] - later.predicted[r]) / later.predicted.length;
            }
            held += estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
            moved += estimate.differs() && estimate.value() > estimate.reference() ? 1 : 0;
            assertThat(estimate.estimated()).isTrue();
        }
        assertThat(held).isGreaterThanOrEqualTo(49);
        assertThat(moved).isGreaterThan(50);
    }

    /** Predictions are twice what comes; which of them are high changes. */
    @Test
    void estimatesTheRewardBeforeItArrives(Random random) {
        double[] predicted = uniform(random, 5000);
        double[] rewards = Arrays.stream(predicted)
                .map(p -> random.nextDouble() < p / 2 ? 1 : 0)
                .toArray();
        RewardEstimator estimator = RewardEstimator.fit(predicted, rewards);
        double[] higher = Arrays.stream(uniform(random, 2000)).map(Math::sqrt).toArray();
        QualityEstimate estimate = estimator.meanReward(higher);
        assertThat(estimate.reference()).isCloseTo(0.25, within(0.03));
        assertThat(estimate.value()).isCloseTo(1.0 / 3, within(0.05));
        assertThat(estimate.differs()).isTrue();
        assertThat(estimator.expected(-1)).isLessThan(0.1);
        assertThat(estimator.expected(2)).isGreaterThan(0.4);
        double[] more = uniform(random, 2000);
        Arrays.sort(more);
        assertThat(Arrays.stream(more).map(estimator::expected).toArray()).isSorted();
        assertThatThrownBy(() -> RewardEstimator.fit(new double[1], new double[1]))
                .hasMessageContaining("predictions=1");
    }

    private record Sample(List<Map<String, Object>> rows, double[] predicted, double[] rewards) {}

    /** The error grows with x and in town; later x is higher. */
    private static Sample sample(Random random, int size, double shift) {
        List<Map<String, Object>> rows = new ArrayList<>();
        double[] predicted = new double[size];
        double[] rewards = new double[size];
        for (int i = 0; i < size; i++) {
            double x = random.nextGaussian() + shift;
            String place = random.nextDouble() < 0.5 ? "town" : "country";
            predicted[i] = x;
            double scale = Math.max(0.2, 1 + 0.5 * x) * (place.equals("town") ? 2 : 1);
            rewards[i] = x + scale * random.nextGaussian();
            rows.add(Map.of("x", x, "place", place, "noise", random.nextDouble()));
        }
        return new Sample(rows, predicted, rewards);
    }

    private static double[] uniform(Random random, int size) {
        return random.doubles(size).toArray();
    }

    /** Zeros and ones whose probability is {@code slope} times as far from one half as was said. */
    private static double[] drawn(Random random, double[] p, double slope) {
        return Arrays.stream(p)
                .map(one -> random.nextDouble() < 0.5 + slope * (one - 0.5) ? 1 : 0)
                .toArray();
    }
}
