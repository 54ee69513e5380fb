package io.leeway.core.bandit.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.testing.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class RidgeExpertTest {
    private static final int NO_LANDMARKS = 1;
    private static final int WIDTH = 4;
    private static final int ARMS = 3;

    /** Floats carry 24 bits; 300 updates of numbers of about 1 lose a few of them. */
    @Test
    void learningOneByOneEqualsLearningAnewFromAll(Random random) {
        RidgeExpert online = new RidgeExpert(NO_LANDMARKS, 1);
        RidgeExpert batch = new RidgeExpert(NO_LANDMARKS, 1);
        Rows rows = new Rows();
        double[] rewards = new double[ARMS];
        for (int i = 0; i < 300; i++) {
            double[] columns = columns(random);
            int arm = random.nextInt(ARMS);
            rows.add(columns, arm, random.nextDouble());
            online.predict(columns, rewards);
            online.learn(columns, arm, rows.reward(i), 1);
        }
        batch.refit(rows);

        double[] expected = new double[ARMS];
        for (int i = 0; i < 20; i++) {
            double[] columns = columns(random);
            online.predict(columns, rewards);
            batch.predict(columns, expected);
            assertThat(rewards).containsExactly(expected, within(1e-3));
            for (int arm = 0; arm < ARMS; arm++) {
                assertThat(online.deviation(columns, arm)).isCloseTo(batch.deviation(columns, arm), within(1e-3));
            }
        }
    }

    @Test
    void anArmIsLessUncertainWhereItWasTaken() {
        RidgeExpert expert = new RidgeExpert(NO_LANDMARKS, 1);
        double[] here = {1, 0, 0, 0};
        double[] elsewhere = {0, 3, 0, 0};
        for (int i = 0; i < 50; i++) {
            expert.learn(here, 0, 1, 1);
        }

        assertThat(expert.deviation(here, 1)).isEqualTo(expert.priorDeviation(here));
        assertThat(expert.deviation(here, 0)).isLessThan(0.1 * expert.priorDeviation(here));
        assertThat(expert.deviation(elsewhere, 0)).isGreaterThan(0.5 * expert.priorDeviation(elsewhere));
        assertThat(expert.largestDeviation(here, 1)).isEqualTo(expert.priorDeviation(here));
        assertThat(expert.largestDeviation(here, 0)).isLessThan(expert.priorDeviation(here));
    }

    /** The sign of a product: columns alone explain nothing of it, so that without landmarks half are wrong. */
    @Test
    void landmarksLearnWhatIsNotLinear() {
        assertThat(signsRight(256)).isGreaterThan(0.85);
        assertThat(signsRight(NO_LANDMARKS)).isLessThan(0.65);
    }

    private static double signsRight(int maximumFeatures) {
        Random random = new Random(5);
        RidgeExpert expert = new RidgeExpert(maximumFeatures, 2);
        Rows rows = new Rows();
        for (int i = 0; i < 800; i++) {
            double[] columns = {random.nextGaussian(), random.nextGaussian()};
            rows.add(columns, 0, columns[0] * columns[1] > 0 ? 1 : 0);
        }
        expert.refit(rows);
        double[] reward = new double[1];
        int right = 0;
        for (int i = 0; i < 500; i++) {
            double[] columns = {random.nextGaussian(), random.nextGaussian()};
            expert.predict(columns, reward);
            right += reward[0] > 0.5 == columns[0] * columns[1] > 0 ? 1 : 0;
        }
        return right / 500.0;
    }

    @Test
    void refusesNoFeatures() {
        assertThatThrownBy(() -> new RidgeExpert(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be >= 1: maximumFeatures=0");
    }

    private static double[] columns(Random random) {
        return random.doubles(WIDTH).map(ignored -> random.nextGaussian()).toArray();
    }

    /** Feedbacks of a width given by the first. */
    private static final class Rows implements Replay {
        private final List<double[]> columns = new ArrayList<>();
        private final List<Integer> arms = new ArrayList<>();
        private final List<Double> rewards = new ArrayList<>();

        void add(double[] row, int arm, double reward) {
            columns.add(row);
            arms.add(arm);
            rewards.add(reward);
        }

        @Override
        public int size() {
            return columns.size();
        }

        @Override
        public int arms() {
            return ARMS;
        }

        @Override
        public int width() {
            return columns.get(0).length;
        }

        @Override
        public void columns(int i, double[] into) {
            System.arraycopy(columns.get(i), 0, into, 0, into.length);
        }

        @Override
        public int arm(int i) {
            return arms.get(i);
        }

        @Override
        public double reward(int i) {
            return rewards.get(i);
        }

        @Override
        public double probability(int i) {
            return 1;
        }
    }
}
