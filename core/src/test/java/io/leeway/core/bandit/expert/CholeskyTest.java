package io.leeway.core.bandit.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.testing.SeededRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class CholeskyTest {
    private static final int SIZE = 12;

    @Test
    void theInverseTimesTheMatrixIsTheIdentity(Random random) {
        double[] matrix = positiveDefinite(random);
        double[] inverse = matrix.clone();

        Cholesky.invert(inverse, SIZE);

        assertIdentity(product(matrix, inverse));
    }

    @Test
    void theInverseFactorTurnsTheMatrixIntoTheIdentity(Random random) {
        double[] matrix = positiveDefinite(random);

        double[] turn = Cholesky.inverseFactor(matrix, SIZE);

        assertIdentity(product(product(transposed(turn), matrix), turn));
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(turn[i * SIZE + j]).as("below the diagonal").isZero();
            }
        }
    }

    /** G G' + identity: eigenvalues of at least 1, so that rounding stays far below the tolerance. */
    private static double[] positiveDefinite(Random random) {
        double[] root = new double[SIZE * SIZE];
        for (int i = 0; i < root.length; i++) {
            root[i] = random.nextGaussian();
        }
        double[] matrix = product(root, transposed(root));
        for (int i = 0; i < SIZE; i++) {
            matrix[i * SIZE + i] += 1;
        }
        return matrix;
    }

    private static double[] transposed(double[] matrix) {
        double[] transposed = new double[SIZE * SIZE];
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                transposed[j * SIZE + i] = matrix[i * SIZE + j];
            }
        }
        return transposed;
    }

    private static double[] product(double[] a, double[] b) {
        double[] product = new double[SIZE * SIZE];
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                for (int k = 0; k < SIZE; k++) {
                    product[i * SIZE + j] += a[i * SIZE + k] * b[k * SIZE + j];
                }
            }
        }
        return product;
    }

    private static void assertIdentity(double[] matrix) {
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                assertThat(matrix[i * SIZE + j]).isCloseTo(i == j ? 1 : 0, within(1e-9));
            }
        }
    }
}
