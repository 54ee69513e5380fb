package io.leeway.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PredictionIntervalTest {
    @Test
    void newRowsLieWithinAsOftenAsWasAskedForSmallAndForLargePredictions() {
        double[][] old = rows(20_000, 1);
        double[][] fresh = rows(20_000, 2);
        PredictionInterval interval =
                PredictionInterval.learn(0.8, old[0], old[1]).orElseThrow();
        // The share of 20,000 rows has a standard deviation of 0.003, that of the aim beyond the level about as much.
        assertThat(interval.coverage(fresh[0], fresh[1])).isCloseTo(0.8, within(0.015));
        for (int part = 0; part < 2; part++) {
            double[][] half = part(fresh, part);
            assertThat(interval.coverage(half[0], half[1])).isCloseTo(0.8, within(0.03));
        }
        // Errors grow with the prediction: so must the intervals.
        double narrow = interval.upperEnd(1) - interval.lowerEnd(1);
        double wide = interval.upperEnd(9) - interval.lowerEnd(9);
        assertThat(wide).isGreaterThan(3 * narrow);
    }

    @Test
    void whereDaysDifferTheIntervalsAreWider() {
        double[][] alike = rows(2000, 3);
        double[][] blocks = rows(2000, 3);
        for (int i = 0; i < 2000; i++) {
            blocks[1][i] += i / 200 % 2 == 0 ? 0 : 0.8 * (blocks[1][i] - blocks[0][i]);
        }
        double even =
                PredictionInterval.learn(0.8, alike[0], alike[1]).orElseThrow().coverage(alike[0], alike[1]);
        double uneven = PredictionInterval.learn(0.8, blocks[0], blocks[1])
                .orElseThrow()
                .coverage(blocks[0], blocks[1]);
        assertThat(uneven).isGreaterThan(even + 0.01);
    }

    @Test
    void tooFewRowsGiveNoneAndEqualPredictionsOneBin() {
        assertThat(PredictionInterval.learn(0.8, new double[99], new double[99]))
                .isEmpty();
        PredictionInterval one = PredictionInterval.learn(0.8, new double[1000], rows(1000, 4)[1])
                .orElseThrow();
        assertThat(one.lower()).hasSize(1);
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertThatThrownBy(() -> new PredictionInterval(0.8, List.of(1.0), List.of(-1.0), List.of(1.0)))
                .hasMessageContaining("bins=1");
        assertThatThrownBy(() -> new PredictionInterval(1, List.of(), List.of(-1.0), List.of(1.0)))
                .hasMessageContaining("level=1.0");
    }

    private static double[][] part(double[][] rows, int part) {
        double[][] half = new double[2][];
        for (int k = 0; k < 2; k++) {
            int column = k;
            half[k] = java.util.stream.IntStream.range(0, rows[0].length)
                    .filter(i -> (rows[0][i] < 5) == (part == 0))
                    .mapToDouble(i -> rows[column][i])
                    .toArray();
        }
        return half;
    }

    /** Predictions from 0 to 10 and values whose errors are as large as the prediction, not symmetric. */
    private static double[][] rows(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[2][count];
        for (int i = 0; i < count; i++) {
            rows[0][i] = 10 * random.nextDouble();
            double u = random.nextDouble();
            rows[1][i] = rows[0][i] + rows[0][i] * (u * u - 0.3);
        }
        return rows;
    }
}
