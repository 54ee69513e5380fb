package io.leeway.core.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.bandit.RidgeRegression.LinearFit;
import io.leeway.core.json.JsonObject;
import io.leeway.core.testing.Golden;
import io.leeway.core.testing.RandomValues;
import io.leeway.core.testing.SeededRandom;
import java.util.Random;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class RidgeRegressionTest {
    @Test
    void equalsTheSolutionComputedOutside() {
        JsonObject golden = Golden.json().object("ridge");
        double[] y = golden.numbers("y");
        float[][] x = new float[y.length][5];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < 5; j++) {
                x[i][j] = ((Number) ((java.util.List<?>) golden.list("x").get(i)).get(j)).floatValue();
            }
        }
        LinearFit fit = RidgeRegression.fit(x, y, golden.numbers("rowWeights"), golden.number("lambda"));

        assertThat(fit.weights()).containsExactly(golden.numbers("weights"), within(1e-10));
        assertThat(fit.bias()).isCloseTo(golden.number("bias"), within(1e-10));
    }

    @Test
    void equalsLeastSquaresOfCommonsMathWithoutPenalty(Random random) {
        for (int round = 0; round < 30; round++) {
            int width = 1 + random.nextInt(8);
            float[][] x = rows(random, 60, width);
            double[] y = RandomValues.gaussians(random, 60);
            OLSMultipleLinearRegression least = new OLSMultipleLinearRegression();
            least.newSampleData(y, asDoubles(x));
            double[] expected = least.estimateRegressionParameters();

            LinearFit fit = RidgeRegression.fit(x, y, null, 0);

            assertThat(fit.bias()).isCloseTo(expected[0], within(1e-9));
            for (int j = 0; j < width; j++) {
                assertThat(fit.weight(j)).isCloseTo(expected[j + 1], within(1e-9));
            }
        }
    }

    @Test
    void countsAWeightedRowAsThatManyRows(Random random) {
        float[][] x = rows(random, 20, 3);
        double[] y = RandomValues.gaussians(random, 20);
        double[] weights = new double[20];
        float[][] repeated = new float[40][];
        double[] repeatedY = new double[40];
        for (int i = 0; i < 20; i++) {
            weights[i] = 2;
            repeated[i] = repeated[20 + i] = x[i];
            repeatedY[i] = repeatedY[20 + i] = y[i];
        }
        assertThat(RidgeRegression.fit(x, y, weights, 1.5).weights())
                .containsExactly(
                        RidgeRegression.fit(repeated, repeatedY, null, 1.5).weights(), within(1e-10));
        weights[7] = 0;
        x[7] = new float[] {1e6f, 1e6f, 1e6f};
        assertThat(RidgeRegression.fit(x, y, weights, 1.5).weight(0)).isBetween(-5.0, 5.0);
    }

    @Test
    void leavesTheGradientAtZero(Random random) {
        float[][] x = rows(random, 50, 4);
        double[] y = RandomValues.gaussians(random, 50);
        double lambda = 3;
        LinearFit fit = RidgeRegression.fit(x, y, null, lambda);

        double[] gradient = new double[5];
        for (int i = 0; i < 50; i++) {
            double residual = fit.predict(x[i]) - y[i];
            gradient[4] += residual;
            for (int j = 0; j < 4; j++) {
                gradient[j] += residual * x[i][j];
            }
        }
        for (int j = 0; j < 4; j++) {
            assertThat(gradient[j] + lambda * fit.weight(j)).isCloseTo(0, within(1e-9));
        }
        assertThat(gradient[4]).isCloseTo(0, within(1e-9));
    }

    @Test
    void shrinksWeightsButNotTheBias() {
        float[][] x = {{1}, {-1}, {1}, {-1}};
        double[] y = {101, 99, 101, 99};
        assertThat(RidgeRegression.fit(x, y, null, 1e12).bias()).isCloseTo(100, within(1e-6));
        assertThat(RidgeRegression.fit(x, y, null, 1e12).weight(0)).isCloseTo(0, within(1e-6));
        // By hand: weight = 4 / (4 + lambda).
        assertThat(RidgeRegression.fit(x, y, null, 4).weight(0)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void needsAPenaltyWhereColumnsRepeat() {
        float[][] x = {{1, 1}, {2, 2}, {4, 4}};
        double[] y = {1, 2, 4};
        assertThatThrownBy(() -> RidgeRegression.fit(x, y, null, 0))
                .hasMessageContaining("full rank")
                .hasMessageContaining("lambda=0.0");
        LinearFit fit = RidgeRegression.fit(x, y, null, 1e-6);
        assertThat(fit.weight(0)).isCloseTo(fit.weight(1), within(1e-6));
        assertThat(fit.predict(new float[] {3, 3})).isCloseTo(3, within(1e-4));
    }

    @Test
    void refusesWhatItCannotFit() {
        float[][] x = {{1}};
        double[] y = {1};
        assertThatThrownBy(() -> RidgeRegression.fit(new float[0][], new double[0], null, 1))
                .hasMessage("must be >= 1: rows=0");
        assertThatThrownBy(() -> RidgeRegression.fit(x, new double[2], null, 1))
                .hasMessageContaining("must be of one length");
        assertThatThrownBy(() -> RidgeRegression.fit(x, y, null, -1)).hasMessage("must be >= 0: lambda=-1.0");
        assertThatThrownBy(() -> RidgeRegression.fit(x, y, new double[] {-1}, 1))
                .hasMessageContaining("weight=-1.0");
        assertThatThrownBy(() -> RidgeRegression.fit(x, new double[] {Double.NaN}, null, 1))
                .hasMessageContaining("y=NaN");
        assertThatThrownBy(() -> RidgeRegression.fit(x, y, new double[] {0}, 1)).hasMessageContaining("full rank");
    }

    private static float[][] rows(Random random, int count, int width) {
        float[][] rows = new float[count][width];
        for (float[] row : rows) {
            for (int j = 0; j < width; j++) {
                // Half of the values are 0, as one-hot columns are, since zeros are skipped.
                row[j] = random.nextBoolean() ? 0 : (float) random.nextGaussian();
            }
        }
        return rows;
    }

    private static double[][] asDoubles(float[][] x) {
        double[][] doubles = new double[x.length][x[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[0].length; j++) {
                doubles[i][j] = x[i][j];
            }
        }
        return doubles;
    }
}
