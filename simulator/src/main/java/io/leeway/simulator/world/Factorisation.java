package io.leeway.simulator.world;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The ratings matrix as mean + user bias + film bias + user vector · film vector, by alternating least squares over the
 * rated entries only. Deterministic by seed. Immutable once fitted.
 *
 * @see "Koren, Bell, Volinsky, Matrix Factorization Techniques for Recommender Systems, Computer 42(8), 2009"
 * @see "Zhou et al., Large-Scale Parallel Collaborative Filtering for the Netflix Prize, 2008 (ridge weighted by counts)"
 */
public final class Factorisation {

    /** Ridge of a factor for each of its ratings. */
    private static final double FACTOR_RIDGE = 0.1;
    /** Ridge of a bias, whatever the number of ratings. */
    private static final double BIAS_RIDGE = 4;

    private static final int SWEEPS = 15;

    private final int rank;
    private final double mean;
    private final Side users;
    private final Side films;

    private Factorisation(int rank, double mean, Side users, Side films) {
        this.rank = rank;
        this.mean = mean;
        this.users = users;
        this.films = films;
    }

    /**
     * Fits the ratings.
     *
     * @param rank length of the vectors; 0 fits the biases alone
     */
    public static Factorisation fit(Ratings ratings, int rank, long seed) {
        if (rank < 0) {
            throw new IllegalArgumentException("must be >= 0: rank=" + rank);
        }
        if (ratings.size() == 0) {
            throw new IllegalArgumentException("must be >= 1: ratings=0");
        }
        double mean = ratings.mean();
        Side users = new Side(ratings.users(), rank, Noise.of(seed, 1));
        Side films = new Side(ratings.films(), rank, Noise.of(seed, 2));
        int[][] byUser = group(ratings, true);
        int[][] byFilm = group(ratings, false);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            films.update(users, byFilm, ratings, true, mean);
            users.update(films, byUser, ratings, false, mean);
        }
        return new Factorisation(rank, mean, users, films);
    }

    public int rank() {
        return rank;
    }

    /** Approximate rating, not clipped. */
    public double predict(int user, int film) {
        double sum = mean + users.bias(user) + films.bias(film);
        for (int i = 0; i < rank; i++) {
            sum += users.rows[user][i] * films.rows[film][i];
        }
        return sum;
    }

    public double userBias(int user) {
        return users.bias(user);
    }

    public double[] userVector(int user) {
        return Arrays.copyOf(users.rows[user], rank);
    }

    /** Root mean squared error over these ratings. */
    public double rmse(Ratings ratings) {
        double sum = 0;
        for (int i = 0; i < ratings.size(); i++) {
            double error = ratings.value(i) - predict(ratings.user(i), ratings.film(i));
            sum += error * error;
        }
        return Math.sqrt(sum / ratings.size());
    }

    private static int[][] group(Ratings ratings, boolean byUser) {
        int[] counts = new int[byUser ? ratings.users() : ratings.films()];
        for (int i = 0; i < ratings.size(); i++) {
            counts[byUser ? ratings.user(i) : ratings.film(i)]++;
        }
        int[][] groups = new int[counts.length][];
        for (int i = 0; i < counts.length; i++) {
            groups[i] = new int[counts[i]];
        }
        for (int i = ratings.size() - 1; i >= 0; i--) {
            int owner = byUser ? ratings.user(i) : ratings.film(i);
            groups[owner][--counts[owner]] = i;
        }
        return groups;
    }

    /** All users or all films: one row each, the vector followed by the bias. */
    private static final class Side {

        private final int rank;
        private final double[][] rows;

        Side(int size, int rank, SplittableRandom random) {
            this.rank = rank;
            this.rows = new double[size][rank + 1];
            for (double[] row : rows) {
                for (int i = 0; i < rank; i++) {
                    row[i] = 0.1 * Noise.gaussian(random);
                }
            }
        }

        double bias(int index) {
            return rows[index][rank];
        }

        /** Solves every row given the other side; a row without ratings becomes zero: the mean and the other's bias. */
        void update(Side other, int[][] groups, Ratings ratings, boolean films, double mean) {
            NormalEquations equations = new NormalEquations(rank + 1);
            double[] x = new double[rank + 1];
            x[rank] = 1;
            for (int owner = 0; owner < rows.length; owner++) {
                equations.clear();
                for (int rating : groups[owner]) {
                    int partner = films ? ratings.user(rating) : ratings.film(rating);
                    System.arraycopy(other.rows[partner], 0, x, 0, rank);
                    equations.add(x, ratings.value(rating) - mean - other.bias(partner));
                }
                for (int i = 0; i < rank; i++) {
                    equations.ridge(i, FACTOR_RIDGE * Math.max(1, groups[owner].length));
                }
                equations.ridge(rank, BIAS_RIDGE);
                rows[owner] = equations.solve();
            }
        }
    }
}
