package io.leeway.core.bandit.expert;

import io.leeway.core.bandit.Memento;

/**
 * Numbers trained by Adam, and their running average, which predicts better than the latest values do. Not thread-safe.
 *
 * @see "Kingma and Ba, Adam: A Method for Stochastic Optimization, 2015"
 * @see "Polyak and Juditsky, Acceleration of Stochastic Approximation by Averaging, 1992"
 */
final class Parameters {
    private static final float FIRST_DECAY = 0.1f;
    private static final float SECOND_DECAY = 0.01f;
    private static final float TINY = 1e-5f;
    /** Moments below this move nothing; where no gradient comes they would become denormal, at many times the cost of a step, */
    private static final float NEGLIGIBLE = 1e-30f;
    /** unless that is seen to before they have decayed so far. */
    private static final int STEPS_BETWEEN_LOOKS = 64;

    final float[] values;
    final float[] averages;
    final float[] gradients;
    private final float[] first;
    private final float[] second;
    private int steps;

    Parameters(float[] values) {
        this(values, values.clone(), new float[values.length], new float[values.length]);
    }

    private Parameters(float[] values, float[] averages, float[] first, float[] second) {
        this.values = values;
        this.averages = averages;
        this.first = first;
        this.second = second;
        this.gradients = new float[values.length];
    }

    /** What corrects the second moment for having started at 0, before the given step (from 1). */
    static float correction(long step) {
        return (float) (1 / (1 - Math.pow(1 - SECOND_DECAY, step)));
    }

    /** Moves against the mean gradient of {@code count} examples and forgets the gradient. */
    void step(float rate, int count, float correction, float averaging) {
        float share = 1f / count;
        for (int i = 0; i < values.length; i++) {
            float gradient = gradients[i] * share;
            gradients[i] = 0;
            first[i] += FIRST_DECAY * (gradient - first[i]);
            second[i] += SECOND_DECAY * (gradient * gradient - second[i]);
            values[i] -= rate * first[i] / ((float) Math.sqrt(second[i] * correction) + TINY);
            averages[i] += averaging * (values[i] - averages[i]);
        }
        if (++steps % STEPS_BETWEEN_LOOKS == 0) {
            clearNegligible(first);
            clearNegligible(second);
        }
    }

    private static void clearNegligible(float[] moments) {
        for (int i = 0; i < moments.length; i++) {
            if (Math.abs(moments[i]) < NEGLIGIBLE) {
                moments[i] = 0;
            }
        }
    }

    /**
     * The same matrix with more rows or columns.
     *
     * @param values of the new shape; what exists already is copied over them
     */
    Parameters grown(int columns, float[] values, int newColumns) {
        Parameters grown = new Parameters(values);
        int rows = columns == 0 ? 0 : this.values.length / columns;
        for (int row = 0; row < rows; row++) {
            int from = row * columns;
            int to = row * newColumns;
            System.arraycopy(this.values, from, grown.values, to, columns);
            System.arraycopy(averages, from, grown.averages, to, columns);
            System.arraycopy(first, from, grown.first, to, columns);
            System.arraycopy(second, from, grown.second, to, columns);
        }
        return grown;
    }

    /** The same, or what is read in its place. */
    Parameters exchanged(Memento state) {
        float[] newValues = state.floats(values);
        float[] newAverages = state.floats(averages);
        float[] newFirst = state.floats(first);
        float[] newSecond = state.floats(second);
        return state.reads() ? new Parameters(newValues, newAverages, newFirst, newSecond) : this;
    }
}
