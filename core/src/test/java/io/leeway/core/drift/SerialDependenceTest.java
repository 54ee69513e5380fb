package io.leeway.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.testing.RandomValues;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class SerialDependenceTest {
    /** A first-order autoregression of correlation 0.8 needs (1 + 0.8) / (1 - 0.8) = 9 values for one; of ranks, a little less. */
    @Test
    @Seed(20260309)
    void measuresAnAutoregression(Random random) {
        assertThat(SerialDependence.of(autoregression(random, 20_000, 0.8))).isCloseTo(8.7, within(1.5));
    }

    /** One series in 30,000 is taken for dependent by chance, so one of 500 in a run of 60: the seed is fixed. */
    @Test
    @Seed(20261121)
    void leavesIndependentAndSortedValuesAlone(Random random) {
        for (int i = 0; i < 500; i++) {
            double[] values = RandomValues.gaussians(random, 200);
            assertThat(SerialDependence.of(values)).isEqualTo(1);
            Arrays.sort(values);
            assertThat(SerialDependence.of(values)).isEqualTo(1);
        }
        assertThat(SerialDependence.of(new double[1000])).isEqualTo(1);
    }

    /** 200 pairs of dependent tables: taken as independent nearly all alarm; with their dependence, 4 percent should, sd 1.4. */
    @Test
    @Seed(20260310)
    void keepsTheTableCheckAtItsLevel(Random random) {
        int naive = 0;
        int alarms = 0;
        for (int i = 0; i < 200; i++) {
            double[] before = autoregression(random, 1500, 0.9);
            double[] after = autoregression(random, 1500, 0.9);
            naive += drifted(before, after, 1, 1);
            alarms += drifted(before, after, SerialDependence.of(before), SerialDependence.of(after));
        }
        assertThat(naive).isGreaterThan(100);
        assertThat(alarms).isLessThanOrEqualTo(20);
    }

    private static int drifted(double[] before, double[] after, double dependenceBefore, double dependenceAfter) {
        return new TableCheck(TableCheck.Settings.DEFAULT)
                        .compare(
                                List.of(ColumnSample.ofNumbers("x", before.length, before)
                                        .withDependence(dependenceBefore)),
                                List.of(ColumnSample.ofNumbers("x", after.length, after)
                                        .withDependence(dependenceAfter)))
                        .drifted()
                ? 1
                : 0;
    }

    private static double[] autoregression(Random random, int size, double correlation) {
        double[] values = new double[size];
        double state = random.nextGaussian();
        for (int i = 0; i < size; i++) {
            state = correlation * state + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
            values[i] = state;
        }
        return values;
    }
}
