package io.leeway.core.bandit.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.features.SparseVector;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Spread, reward scale and standardisation. */
class ScalesTest {
    private static final int COUNT = 1000;

    @Test
    void rewardsOfZeroAndOneStayWhatTheyAreHoweverRare() {
        for (double share : new double[] {0.002, 0.03, 0.5, 0.97}) {
            RewardScale scale = scale(share, 1, 0);

            assertThat(scale.scale(0)).isZero();
            assertThat(scale.scale(1)).isEqualTo(1);
            assertThat(scale.unscale(0.25)).isEqualTo(0.25);
            assertThat(scale.isTwoValued()).isTrue();
        }
    }

    /** One in fifty is wild: the others keep their scale, the wild ones are bounded. */
    @Test
    void wildRewardsDoNotFlattenTheOthers() {
        RewardScale scale = scale(0.5, 1, 20);

        assertThat(scale.scale(1) - scale.scale(0)).isEqualTo(1);
        assertThat(scale.scale(1e300)).isEqualTo(6);
        assertThat(scale.scale(-Double.MAX_VALUE)).isEqualTo(-5);
    }

    @Test
    void rewardsOfOneValueAreFinite() {
        for (double value : new double[] {0, 1, -35, 1e300, Double.MIN_VALUE, -Double.MAX_VALUE}) {
            Feedbacks feedbacks = new Feedbacks();
            feedbacks.add(feedback(value));
            RewardScale scale = new RewardScale();
            scale.refresh(feedbacks);

            assertThat(scale.scale(value)).isBetween(-5.0, 6.0);
            assertThat(scale.unscale(scale.scale(value))).isFinite();
        }
    }

    @Test
    void columnsBecomeStandardNormalButIndicatorsKeepTheirScale() {
        Random random = new Random(3);
        double[][] rows = new double[COUNT][];
        for (int i = 0; i < COUNT; i++) {
            rows[i] = new double[] {
                100 + 7 * random.nextGaussian(), i % 10 == 0 ? 1 : 0, 5, i % 50 == 0 ? 1e300 : random.nextGaussian()
            };
        }
        Standardisation standardisation = new Standardisation();
        standardisation.refresh(rows, 4);
        double[] into = new double[4];

        standardisation.apply(new double[] {107, 1, 5, 1}, into);

        // Four standard errors of a mean and of a standard deviation of 1,000 values.
        assertThat(into[0]).isCloseTo(1, within(0.2));
        assertThat(into[1]).isCloseTo(0.9, within(1e-9));
        assertThat(into[2]).isZero();
        assertThat(into[3]).as("two wild values in a hundred").isBetween(0.2, 1.2);
    }

    @Test
    void aMissingValueStandsAtTheMean() {
        Standardisation standardisation = new Standardisation();
        standardisation.refresh(new double[][] {{1}, {2}, {6}}, 1);
        double[] into = {9};

        standardisation.apply(new double[] {Double.NaN}, into);

        assertThat(into[0]).isZero();
    }

    private static RewardScale scale(double share, double size, int wild) {
        Feedbacks feedbacks = new Feedbacks();
        for (int i = 0; i < COUNT; i++) {
            feedbacks.add(feedback(i < wild ? 1e300 : i >= (1 - share) * COUNT ? size : 0));
        }
        RewardScale scale = new RewardScale();
        scale.refresh(feedbacks);
        return scale;
    }

    private static Feedback feedback(double reward) {
        return new Feedback(SparseVector.EMPTY, SparseVector.EMPTY, "a", 0, reward, 1);
    }
}
