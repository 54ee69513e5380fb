package io.leeway.core.bandit.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.testing.SeededRandom;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class RidgePosteriorTest {
    /** The same posterior from the normal equations, solved in one go. */
    private static final class Batch {
        private final RealMatrix a;
        private final RealVector b;

        Batch(int width, double lambda) {
            a = new Array2DRowRealMatrix(width, width);
            b = a.getRowVector(0).copy();
            for (int i = 0; i < width; i++) {
                a.setEntry(i, i, lambda);
            }
        }

        void add(double[] row, double value, double weight) {
            for (int i = 0; i < row.length; i++) {
                b.addToEntry(i, weight * value * row[i]);
                for (int j = 0; j < row.length; j++) {
                    a.addToEntry(i, j, weight * row[i] * row[j]);
                }
            }
        }

        double[] weights() {
            return new CholeskyDecomposition(a, 1e-9, 0).getSolver().solve(b).toArray();
        }

        double variance(double[] row) {
            RealVector x = b.copy();
            for (int i = 0; i < row.length; i++) {
                x.setEntry(i, row[i]);
            }
            return x.dotProduct(
                    new CholeskyDecomposition(a, 1e-9, 0).getSolver().solve(x));
        }
    }

    @Test
    void isTheBatchSolutionAfterAMillionUpdates() {
        int width = 6;
        Random random = new Random(1);
        RidgePosterior online = new RidgePosterior(1, 1);
        Batch batch = new Batch(width, 1);
        for (int i = 0; i < 1_000_000; i++) {
            double[] row = row(random, width);
            row[2] = row[1] + 1e-3 * row[2]; // nearly collinear: condition number about 1e6
            double value = 3 + row[1] + random.nextGaussian();
            online.learn(row, width, value, 1);
            batch.add(row, value, 1);
        }
        // Backward error of both: about 1e6 updates x 1e-16, times the condition number of at most 1e7.
        assertThat(online.weights()).containsExactly(batch.weights(), within(1e-3));
        double[] probe = {1, 0.5, 0.4, -1, 2, 0.1};
        assertThat(online.variance(probe, width))
                .isCloseTo(batch.variance(probe), within(1e-6 * batch.variance(probe)));
    }

    @Test
    void weightsCountAsRepetitions(Random random) {
        RidgePosterior weighted = new RidgePosterior(0.5, 1);
        RidgePosterior repeated = new RidgePosterior(0.5, 1);
        for (int i = 0; i < 50; i++) {
            double[] row = row(random, 4);
            int times = random.nextInt(4);
            double value = random.nextGaussian();
            weighted.learn(row, 4, value, times);
            for (int j = 0; j < times; j++) {
                repeated.learn(row, 4, value, 1);
            }
        }
        assertThat(weighted.weights()).containsExactly(repeated.weights(), within(1e-9));
    }

    @Test
    void growsWithTheColumnsAsIfTheyHadAlwaysBeenThere(Random random) {
        RidgePosterior growing = new RidgePosterior(2, 1);
        Batch batch = new Batch(7, 2);
        for (int i = 0; i < 60; i++) {
            int columns = 2 + i / 12;
            double[] row = new double[7];
            System.arraycopy(row(random, columns), 0, row, 0, columns);
            double value = random.nextGaussian();
            growing.learn(row, columns, value, 1);
            batch.add(row, value, 1);
        }
        double[] probe = row(random, 7);
        assertThat(growing.variance(probe, 7)).isCloseTo(batch.variance(probe), within(1e-10));
        for (int i = 0; i < growing.width(); i++) {
            assertThat(growing.weights()[i]).isCloseTo(batch.weights()[i], within(1e-10));
        }
    }

    @Test
    void changesCoordinatesAsIfTheyHadAlwaysBeenInForce(Random random) {
        double[] a = {0, 2, 0.1, -3};
        double[] c = {0, 1, -4, 0.5};
        RidgePosterior changed = new RidgePosterior(1.5, 1);
        Batch batch = new Batch(4, 1.5);
        for (int i = 0; i < 40; i++) {
            double[] row = row(random, 4);
            double value = random.nextGaussian();
            if (i == 25) {
                changed.transform(a, c);
            }
            double[] after = {1, a[1] * row[1] + c[1], a[2] * row[2] + c[2], a[3] * row[3] + c[3]};
            changed.learn(i < 25 ? row : after, 4, value, 1);
            batch.add(after, value, 1);
        }
        assertThat(changed.weights()).containsExactly(batch.weights(), within(1e-9));
        double[] probe = row(random, 4);
        assertThat(changed.variance(probe, 4)).isCloseTo(batch.variance(probe), within(1e-9));
    }

    @Test
    void forgetsByTheFactorAndKeepsThePenalty(Random random) {
        double forgetting = 0.98;
        int width = 3;
        RidgePosterior online = new RidgePosterior(1, forgetting);
        double[][] rows = new double[600][];
        double[] values = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(random, width);
            rows[i][2] = i < 100 ? rows[i][2] : 0; // a direction that no row shows any more
            values[i] = rows[i][1] + random.nextGaussian();
            online.learn(rows[i], width, values[i], 1);
        }
        Batch batch = new Batch(width, 1);
        for (int i = 0; i < rows.length; i++) {
            batch.add(rows[i], values[i], Math.pow(forgetting, rows.length - 1 - i));
        }
        // Put back in turn, the penalty lies within forgetting^width of what it should be.
        assertThat(online.weights()).containsExactly(batch.weights(), within(0.02));
        assertThat(online.variance(new double[] {0, 0, 1}, width)).isCloseTo(1, within(0.1));
    }

    @Test
    void drawsHaveThePosteriorsMeanAndVariance() {
        SplittableRandom random = new SplittableRandom(3);
        RidgePosterior posterior = new RidgePosterior(1, 1);
        for (int i = 0; i < 8; i++) {
            posterior.learn(new double[] {1, random.nextDouble(), random.nextDouble()}, 3, random.nextDouble(), 1);
        }
        double[] probe = {1, 2, -1};
        double[] draw = new double[3];
        double sum = 0;
        double squares = 0;
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            posterior.sample(0.3, random, draw);
            double value = draw[0] + 2 * draw[1] - draw[2] - posterior.mean(probe);
            sum += value;
            squares += value * value;
        }
        double variance = 0.09 * posterior.variance(probe, 3);
        // 5 sd of the mean and of the variance of 20000 draws; the seed is fixed.
        assertThat(sum / draws).isCloseTo(0, within(5 * Math.sqrt(variance / draws)));
        assertThat(squares / draws).isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / draws)));
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> new RidgePosterior(0, 1)).hasMessage("must be > 0: lambda=0.0");
        assertThatThrownBy(() -> new RidgePosterior(1, 1.1)).hasMessage("must be in (0, 1]: forgetting=1.1");
    }

    private static double[] row(Random random, int width) {
        double[] row = new double[width];
        row[0] = 1;
        for (int i = 1; i < width; i++) {
            row[i] = random.nextGaussian();
        }
        return row;
    }
}
