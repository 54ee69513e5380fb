package io.leeway.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class PairedComparisonTest {
    private static final double[] WORSE = {0.5, 0.3, 0.2};

    @Test
    void isTheDifferenceOfTheTwoEstimates(Random random) {
        LoggedRows[] rows = World.log(random, 2000, WORSE, World.TARGET);
        PairedComparison comparison = PairedComparison.of(rows[0], rows[1], 0.95, Minimum.DEFAULT);
        OffPolicyEstimator estimator = OffPolicyEstimator.doublyRobust();
        assertThat(comparison.difference())
                .isCloseTo(
                        estimator.estimate(rows[1]).value()
                                - estimator.estimate(rows[0]).value(),
                        within(1e-12));
        assertThat(comparison.smallerEffectiveSampleSize())
                .isEqualTo(Math.min(rows[0].effectiveSampleSize(), rows[1].effectiveSampleSize()));
    }

    @Test
    @Seed(20260104)
    void seesABetterPolicyAndDoesNotCallAWorseOneBetter(Random random) {
        LoggedRows[] rows = World.log(random, 4000, WORSE, World.TARGET);
        PairedComparison forward = PairedComparison.of(rows[0], rows[1], 0.95, Minimum.DEFAULT);
        PairedComparison backward = PairedComparison.of(rows[1], rows[0], 0.95, Minimum.DEFAULT);

        assertThat(forward.isBetterBy(0)).isTrue();
        assertThat(backward.isBetterBy(0)).isFalse();
        assertThat(backward.isBetterBy(-1)).isTrue();
        assertThat(backward.difference()).isCloseTo(-forward.difference(), within(1e-12));
        assertThat(backward.lower()).isCloseTo(-forward.upper(), within(1e-12));
    }

    /** Pairs of equal truth over 1000 logs: at 95 percent two-sided, 2.5 percent alarms on one side; sd 0.5 points, 5 sd. */
    @Test
    @Seed(20260105)
    void callsEqualPoliciesBetterAsRarelyAsItSays(Random random) {
        // Moves mass between actions so that the truth stays what it was.
        double[] equal = {0.1 + 0.02 * 2, 0.2 - 0.05 * 2, 0.7 + 0.03 * 2};
        assertThat(World.value(equal)).isCloseTo(World.TRUTH, within(1e-12));
        int alarms = 0;
        for (int log = 0; log < 1000; log++) {
            LoggedRows[] rows = World.log(random, 500, World.TARGET, equal);
            alarms +=
                    PairedComparison.of(rows[0], rows[1], 0.95, Minimum.DEFAULT).isBetterBy(0) ? 1 : 0;
        }
        assertThat(alarms).isBetween(1, 50);
    }

    @Test
    void isNarrowerThanTheTwoEstimatesApart(Random random) {
        double[] close = {0.12, 0.2, 0.68};
        LoggedRows[] rows = World.log(random, 3000, World.TARGET, close);
        double paired =
                PairedComparison.of(rows[0], rows[1], 0.95, Minimum.DEFAULT).standardError();
        OffPolicyEstimator estimator = OffPolicyEstimator.doublyRobust();
        double apart = Math.hypot(
                estimator.estimate(rows[0]).standardError(),
                estimator.estimate(rows[1]).standardError());
        assertThat(paired).isLessThan(apart / 3);
    }

    @Test
    void refusesOtherRowsAndTooFew(Random random) {
        LoggedRows one = World.log(random, 300);
        LoggedRows other = World.log(random, 300);
        assertThatThrownBy(() -> PairedComparison.of(one, other, 0.95, Minimum.DEFAULT))
                .hasMessageContaining("must be the same rows");
        assertThatThrownBy(() -> PairedComparison.of(one, one, 0.95, new Minimum(301, 0)))
                .isInstanceOf(InsufficientSupportException.class);
        assertThatThrownBy(() -> PairedComparison.of(one, one, 1.0, Minimum.DEFAULT))
                .hasMessage("must be in (0, 1): confidence=1.0");
    }
}
