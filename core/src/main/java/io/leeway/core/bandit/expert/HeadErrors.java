package io.leeway.core.bandit.expert;

import io.leeway.core.bandit.Memento;
import java.util.Arrays;

/** How well the heads of an expert predicted of late, and the share that each gets in its predictions. Not thread-safe. */
final class HeadErrors {
    /** A head counts by its mean squared error to minus this power. */
    private static final double PREFERENCE = 8;
    /** Feedbacks over which errors are averaged. */
    private static final double MEMORY = 1_000;

    private static final double TINY = 1e-9;
    /** A head that would count less than this, beside the best, counts nothing, and is neither asked nor served; it learns on and may come back. */
    private static final double LEAST = 0.02;

    private final double[] errors;
    private final float[] shares;
    private long count;

    HeadErrors(int heads) {
        errors = new double[heads];
        shares = new float[heads];
        Arrays.fill(shares, 1f / heads);
    }

    /** Non-negative, summing to 1. */
    float share(int head) {
        return shares[head];
    }

    int best() {
        int best = 0;
        for (int h = 1; h < errors.length; h++) {
            best = errors[h] < errors[best] ? h : best;
        }
        return best;
    }

    /** Begins the judgement of what one feedback brought; {@link #add} follows for each head, then {@link #end}. */
    void begin() {
        count++;
    }

    void add(int head, double miss) {
        errors[head] += (miss * miss - errors[head]) / Math.min(count, MEMORY);
    }

    void end() {
        double least = errors[best()] + TINY;
        double sum = 0;
        for (double error : errors) {
            sum += preference(least, error);
        }
        for (int h = 0; h < errors.length; h++) {
            shares[h] = (float) (preference(least, errors[h]) / sum);
        }
    }

    private static double preference(double least, double error) {
        double preference = Math.pow(least / (error + TINY), PREFERENCE);
        return preference < LEAST ? 0 : preference;
    }

    void exchange(Memento state) {
        count = state.count(count);
        double[] read = state.numbers(errors);
        System.arraycopy(read, 0, errors, 0, errors.length);
        float[] readShares = state.floats(shares);
        System.arraycopy(readShares, 0, shares, 0, shares.length);
    }
}
