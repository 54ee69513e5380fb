package io.leeway.core.drift;

/**
 * The distribution of the one-sample Kolmogorov-Smirnov distance: exact by powers of a matrix, or by a series. Thread-safe: no state.
 *
 * @see "Marsaglia, Tsang and Wang, Evaluating Kolmogorov's distribution, Journal of Statistical Software 8(18), 2003"
 */
final class KolmogorovOneSample {
    private static final double LARGE = 1e140;

    private KolmogorovOneSample() {}

    /** Chance of a distance below this one for n values; time grows with (n distance) cubed. */
    static double cdf(double distance, int n) {
        int k = (int) (n * distance) + 1;
        double h = k - n * distance;
        int size = 2 * k - 1;
        double[][] power = new double[size][size];
        for (int i = 0; i < size; i++) {
            power[i][i] = 1;
        }
        int exponent = 0;
        int squareExponent = 0;
        double[][] square = matrix(size, h);
        for (int left = n; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                power = product(power, square);
                exponent += squareExponent;
                exponent += scaled(power);
            }
            square = product(square, square);
            squareExponent *= 2;
            squareExponent += scaled(square);
        }
        double chance = power[k - 1][k - 1];
        for (int i = 1; i <= n; i++) {
            chance *= (double) i / n;
            if (chance < 1 / LARGE) {
                chance *= LARGE;
                exponent -= 1;
            }
        }
        return Math.max(0, Math.min(1, chance * Math.pow(LARGE, exponent)));
    }

    /**
     * Pelz and Good's series, for many values: right to some 1e-6.
     *
     * @see "Pelz and Good, Approximating the lower tail-areas of the Kolmogorov-Smirnov one-sample statistic, Journal of the Royal
     *     Statistical Society B 38, 1976, 152-156"
     */
    static double approximately(double distance, int n) {
        double z = distance * Math.sqrt(n);
        double z2 = z * z;
        double z4 = z2 * z2;
        double z6 = z4 * z2;
        double pi2 = Math.PI * Math.PI;
        double[] k = new double[4];
        int terms = (int) Math.ceil(16 * z / Math.PI);
        for (int i = terms; i >= 1; i--) {
            double m2 = (2.0 * i - 1) * (2.0 * i - 1);
            double weight = Math.exp(-pi2 * m2 / (8 * z2));
            k[0] += weight;
            k[1] += weight * (-z2 + pi2 / 4 * m2);
            k[2] += weight
                    * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * pi2 / 4 * m2 + pi2 * pi2 * (1 - 2 * z2) / 16 * m2 * m2);
            k[3] += weight
                    * (-30 * z6
                            - 90 * z4 * z4
                            + pi2 * (135 * z4 - 96 * z6) / 4 * m2
                            + pi2 * pi2 * (212 * z4 - 60 * z2) / 16 * m2 * m2
                            + pi2 * pi2 * pi2 * (5 - 30 * z2) / 64 * m2 * m2 * m2);
        }
        double second = 0;
        double third = 0;
        for (int i = terms; i >= 1; i--) {
            double weight = (double) i * i * Math.exp(-pi2 * i * i / (2 * z2));
            second += weight;
            third += weight * (3 * z2 - pi2 * i * i);
        }
        double root = Math.sqrt(2 * Math.PI);
        double sum = root * k[0] / z;
        sum += root * k[1] / (6 * z4) / Math.sqrt(n);
        sum += (root * k[2] / (72 * z6 * z) - pi2 * root * second / (36 * z2 * z)) / n;
        sum += (root * k[3] / (6480 * z6 * z4) + pi2 * root * third / (216 * z6)) / (n * Math.sqrt(n));
        return Math.max(0, Math.min(1, sum));
    }

    private static double[][] matrix(int size, double h) {
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= Math.min(size - 1, i + 1); j++) {
                matrix[i][j] = 1;
            }
        }
        for (int i = 0; i < size; i++) {
            matrix[i][0] -= Math.pow(h, i + 1);
            matrix[size - 1][i] -= Math.pow(h, size - i);
        }
        matrix[size - 1][0] += 2 * h - 1 > 0 ? Math.pow(2 * h - 1, size) : 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                for (int factor = 1; factor <= i - j + 1; factor++) {
                    matrix[i][j] /= factor;
                }
            }
        }
        return matrix;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] product = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < a.length; k++) {
                double factor = a[i][k];
                for (int j = 0; j < a.length && factor != 0; j++) {
                    product[i][j] += factor * b[k][j];
                }
            }
        }
        return product;
    }

    /** Divides a matrix of large numbers; returns how many times. */
    private static int scaled(double[][] matrix) {
        if (matrix[matrix.length / 2][matrix.length / 2] < LARGE) {
            return 0;
        }
        for (double[] row : matrix) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= LARGE;
            }
        }
        return 1;
    }
}
