package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Memento;
import java.util.Arrays;

/**
 * Running mean and standard deviation per column, for standardising numbers as they come. Not thread-safe.
 *
 * <p>Values go in turn into three blocks; a block whose deviation is far above the median of the three holds an outlier and is
 * left out (the idea of median-of-means). At every doubling of a column's count the blocks start anew and what they held
 * becomes the standard until the next: a value of 1e300 loses its hold, and a column that moves is followed.
 *
 * @see "Welford, Note on a method for calculating corrected sums of squares and products, Technometrics 4, 1962, 419-420"
 * @see "Lugosi and Mendelson, Mean estimation and regression under heavy-tailed distributions, FoCM 19, 2019, section 2.1"
 */
final class RunningScale {
    /** Standardised values stay within this many deviations. */
    static final double CLIP = 8;

    /** Squares of larger values would overflow. */
    static final double LARGEST = 1e100;

    private static final double OUTLYING = 10;
    private static final int FIRST = 16;
    private static final int BLOCK = 3;
    private static final int MEAN = 9;
    private static final int INVERSE = 10;
    private static final int COUNT = 11;
    private static final int OTHER = 12;
    private static final int STRIDE = 13;

    /**
     * Per column: three blocks of (count, mean, sum of squares), then mean and 1 / deviation in force, the count, and whether
     * anything but 0 and 1 came.
     */
    private double[] state = new double[16 * STRIDE];

    /** The standardised value, in [-8, 8]; 0 for a column that has not varied. */
    double standardised(int column, double value) {
        int at = column * STRIDE;
        if (at >= state.length) {
            return 0;
        }
        double standardised = (value - state[at + MEAN]) * state[at + INVERSE];
        return standardised > CLIP ? CLIP : standardised < -CLIP ? -CLIP : standardised;
    }

    /** The mean in force. */
    double mean(int column) {
        return column * STRIDE < state.length ? state[column * STRIDE + MEAN] : 0;
    }

    /** 1 / deviation in force; 0 for a column that has not varied. */
    double inverseDeviation(int column) {
        return column * STRIDE < state.length ? state[column * STRIDE + INVERSE] : 0;
    }

    /** Takes a value in. A column of only 0 and 1 is an indicator and left as it is: scaled up, rare ones would drown the others. */
    void observe(int column, double value) {
        int at = column * STRIDE;
        if (at >= state.length) {
            state = Arrays.copyOf(state, 2 * at);
        }
        double bounded = Math.max(-LARGEST, Math.min(LARGEST, value));
        long count = (long) ++state[at + COUNT];
        if (value != 0 && value != 1) {
            state[at + OTHER] = 1;
        }
        int block = at + BLOCK * (int) (count % 3);
        double delta = bounded - state[block + 1];
        state[block + 1] += delta / ++state[block];
        state[block + 2] += delta * (bounded - state[block + 1]);
        boolean doubled = count >= FIRST && (count & count - 1) == 0;
        if (doubled || count < FIRST || isDue(count)) {
            settle(at);
        }
        if (doubled) {
            Arrays.fill(state, at, at + MEAN, 0);
        }
    }

    /** Half of the epoch is over, which is enough to replace the one before; then again every eighth of it. */
    private static boolean isDue(long count) {
        long epoch = Long.highestOneBit(count);
        return count - epoch >= epoch / 2 && (count & (epoch >> 3) - 1) == 0;
    }

    private void settle(int at) {
        if (state[at + OTHER] == 0) {
            state[at + MEAN] = 0;
            state[at + INVERSE] = 1;
            return;
        }
        double first = deviation(at);
        double second = deviation(at + BLOCK);
        double third = deviation(at + 2 * BLOCK);
        double median = Math.max(Math.min(first, second), Math.min(Math.max(first, second), third));
        double limit = median > 0 ? OUTLYING * median : Double.POSITIVE_INFINITY;
        double count = 0;
        double mean = 0;
        double squares = 0;
        for (int block = at; block < at + MEAN; block += BLOCK) {
            if (state[block] > 0 && deviation(block) <= limit) {
                double total = count + state[block];
                double delta = state[block + 1] - mean;
                squares += state[block + 2] + delta * delta * count * state[block] / total;
                mean += delta * state[block] / total;
                count = total;
            }
        }
        double deviation = Math.sqrt(squares / Math.max(1, count));
        state[at + MEAN] = mean;
        // What differs from the mean by rounding only has not varied.
        state[at + INVERSE] = deviation > 1e-12 * Math.abs(mean) && deviation > 1e-150 ? 1 / deviation : 0;
    }

    private double deviation(int block) {
        return Math.sqrt(state[block + 2] / Math.max(1, state[block]));
    }

    void exchange(Memento state) {
        this.state = state.numbers(this.state);
    }
}
