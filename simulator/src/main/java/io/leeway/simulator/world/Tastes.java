package io.leeway.simulator.world;

import java.util.SplittableRandom;

/**
 * What each user would give each film: the factorisation's rating, plus a part that no linear function of the user vector
 * has. That part is made of a few shared bends of the vector (products of two of its numbers, squashed), weighed
 * differently by each film, made orthogonal to the linear functions, and scaled to the share asked for.
 */
final class Tastes {

    private static final int BENDS = 4;

    private Tastes() {}

    /** User vectors (and the user bias behind them), each number with mean 0 and deviation 1 over the users. */
    static double[][] standardised(int users, int rank, Factorisation factors) {
        double[][] vectors = new double[users][rank + 1];
        for (int user = 0; user < users; user++) {
            System.arraycopy(factors.userVector(user), 0, vectors[user], 0, rank);
            vectors[user][rank] = factors.userBias(user);
        }
        for (int column = 0; column <= rank; column++) {
            double mean = 0;
            double square = 0;
            for (double[] vector : vectors) {
                mean += vector[column] / users;
            }
            for (double[] vector : vectors) {
                square += Math.pow(vector[column] - mean, 2) / users;
            }
            for (double[] vector : vectors) {
                // Four decimals: what the context shows is exactly what the rewards are made of.
                vector[column] = Math.round((vector[column] - mean) / Math.sqrt(square + 1e-12) * 1e4) / 1e4;
            }
        }
        return vectors;
    }

    /** Expected rating of each user for each of these films, not clipped. */
    static double[][] expected(Factorisation factors, int[] films, double[][] vectors, MovieLensWorld.Options options) {
        double[][] linear = new double[vectors.length][films.length];
        for (int user = 0; user < vectors.length; user++) {
            for (int i = 0; i < films.length; i++) {
                linear[user][i] = factors.predict(user, films[i]);
            }
        }
        double[][] bent = bent(vectors, films.length, options);
        double scale = scale(betweenActions(linear), betweenActions(bent), options.nonlinearShare());
        for (int user = 0; user < vectors.length; user++) {
            for (int i = 0; i < films.length; i++) {
                linear[user][i] += scale * bent[user][i];
            }
        }
        return linear;
    }

    /** Variance between the actions of one row, averaged over the rows. */
    static double betweenActions(double[][] values) {
        double sum = 0;
        for (double[] row : values) {
            double mean = 0;
            for (double value : row) {
                mean += value / row.length;
            }
            for (double value : row) {
                sum += (value - mean) * (value - mean) / row.length;
            }
        }
        return sum / values.length;
    }

    private static double scale(double linear, double bent, double share) {
        return share == 0 ? 0 : Math.sqrt(linear * share / ((1 - share) * bent));
    }

    private static double[][] bent(double[][] vectors, int films, MovieLensWorld.Options options) {
        SplittableRandom random = Noise.of(options.seed(), 0xBE27);
        double[][] bends = new double[vectors.length][BENDS];
        for (int bend = 0; bend < BENDS; bend++) {
            int first = (2 * bend) % options.rank();
            int second = (2 * bend + 1) % options.rank();
            for (int user = 0; user < vectors.length; user++) {
                bends[user][bend] = Math.tanh(vectors[user][first] * vectors[user][second]);
            }
        }
        removeLinear(bends, vectors);
        double[][] weights = new double[films][BENDS];
        for (double[] row : weights) {
            for (int i = 0; i < BENDS; i++) {
                row[i] = Noise.gaussian(random);
            }
        }
        double[][] values = new double[vectors.length][films];
        for (int user = 0; user < vectors.length; user++) {
            for (int film = 0; film < films; film++) {
                for (int bend = 0; bend < BENDS; bend++) {
                    values[user][film] += weights[film][bend] * bends[user][bend];
                }
            }
        }
        return values;
    }

    /** Leaves of each column what no linear function of the vectors explains, over these users. */
    private static void removeLinear(double[][] columns, double[][] vectors) {
        int size = vectors[0].length + 1;
        double[] x = new double[size];
        x[size - 1] = 1;
        for (int column = 0; column < columns[0].length; column++) {
            NormalEquations equations = new NormalEquations(size);
            for (int user = 0; user < vectors.length; user++) {
                System.arraycopy(vectors[user], 0, x, 0, size - 1);
                equations.add(x, columns[user][column]);
            }
            for (int i = 0; i < size; i++) {
                equations.ridge(i, 1e-9);
            }
            double[] weights = equations.solve();
            for (int user = 0; user < vectors.length; user++) {
                double linear = weights[size - 1];
                for (int i = 0; i < size - 1; i++) {
                    linear += weights[i] * vectors[user][i];
                }
                columns[user][column] -= linear;
            }
        }
    }
}
