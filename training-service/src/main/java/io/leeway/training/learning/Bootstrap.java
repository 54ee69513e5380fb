package io.leeway.training.learning;

import java.util.SplittableRandom;

/**
 * How often each row counts for each member of an ensemble: a Poisson variable of mean 1, as in a bootstrap sample of many rows; a
 * function of seed, row and member. For a single member every row counts once. Immutable.
 *
 * @see "Oza and Russell, Online bagging and boosting, AISTATS 2001"
 */
final class Bootstrap {
    private static final int MOST = 12;

    private final int members;
    private final long seed;

    Bootstrap(int members, long seed) {
        this.members = members;
        this.seed = seed;
    }

    int members() {
        return members;
    }

    int count(int row, int member) {
        if (members == 1) {
            return 1;
        }
        double uniform = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + (long) row * members + member).nextDouble();
        double probability = Math.exp(-1);
        int count = 0;
        for (double below = probability; uniform > below && count < MOST; below += probability) {
            count++;
            probability /= count;
        }
        return count;
    }
}
