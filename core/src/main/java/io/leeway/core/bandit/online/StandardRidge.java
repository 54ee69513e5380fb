package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Memento;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Ridge regression on standardised columns whose standards are renewed as more becomes known: at growing intervals everything
 * learned so far is expressed in the new standards, exactly as if they had been in force from the start. (Missing numbers
 * stand at the mean of their time, and values are cut off at eight deviations of their time.) Not thread-safe.
 */
final class StandardRidge {
    /** A column whose standard changes by more than this starts anew: what it held were values of another kind. */
    private static final double FARTHEST = 1e4;

    /** Changes of a mean, in deviations, and of a deviation, as a share, that are not worth the work. */
    private static final double TOLERATED = 0.03;

    /** A value as it is, without a standard, is cut off here. */
    private static final double LARGEST = 1e6;

    private final RidgePosterior posterior;
    private final boolean standardise;
    private double[] mean = new double[0];
    private double[] inverse = new double[0];
    private double[] standardised = new double[0];
    private long learned;

    StandardRidge(double lambda, double forgetting, boolean standardise) {
        this.posterior = new RidgePosterior(lambda, forgetting);
        this.standardise = standardise;
    }

    long learned() {
        return learned;
    }

    double mean(double[] row, RawRows rows) {
        return posterior.mean(standardised(row, rows));
    }

    double variance(double[] row, RawRows rows) {
        return posterior.variance(standardised(row, rows), rows.width());
    }

    /** Draws weights; with {@link #predict} they give predicted values of any rows. */
    void sample(double scale, RandomGenerator random, double[] draw) {
        posterior.sample(scale, random, draw);
    }

    double predict(double[] weights, double[] row, RawRows rows) {
        double[] columns = standardised(row, rows);
        double sum = 0;
        for (int i = 0; i < posterior.width(); i++) {
            sum += weights[i] * columns[i];
        }
        return sum;
    }

    int width() {
        return posterior.width();
    }

    void learn(double[] row, RawRows rows, double value, double weight) {
        posterior.learn(standardised(row, rows), rows.width(), value, weight);
        learned++;
    }

    /** The weights as they apply to raw values, the constant's first; 0 beyond the width. */
    void addRawWeights(double share, double[] into) {
        double[] weights = posterior.weights();
        for (int i = 0; i < posterior.width(); i++) {
            into[i] += share * weights[i] * inverse[i];
            into[0] -= i == 0 ? 0 : share * weights[i] * inverse[i] * mean[i];
        }
    }

    /** Starts from weights for raw values in place of 0. */
    void startFrom(double[] raw, RawRows rows) {
        posterior.learn(new double[rows.width()], rows.width(), 0, 0);
        standardised(new double[rows.width()], rows);
        double[] prior = new double[rows.width()];
        prior[0] = raw[0];
        for (int i = 1; i < prior.length; i++) {
            prior[0] += raw[i] * mean[i];
            prior[i] = inverse[i] > 0 ? raw[i] / inverse[i] : 0;
        }
        posterior.addPrior(prior);
    }

    private double[] standardised(double[] row, RawRows rows) {
        int width = rows.width();
        if (mean.length < width) {
            grow(rows);
        }
        standardised[0] = 1;
        double limit = standardise ? RunningScale.CLIP : LARGEST;
        for (int i = 1; i < width; i++) {
            double value = (Math.max(-1e100, Math.min(1e100, row[i])) - mean[i]) * inverse[i];
            // False for a missing number.
            standardised[i] = Math.abs(value) <= limit ? value : value > 0 ? limit : value < 0 ? -limit : 0;
        }
        return standardised;
    }

    /** Gives new columns the standards of now. */
    private void grow(RawRows rows) {
        int from = mean.length;
        mean = Arrays.copyOf(mean, rows.width());
        inverse = Arrays.copyOf(inverse, rows.width());
        standardised = new double[rows.width()];
        for (int i = from; i < rows.width(); i++) {
            boolean scaled = i > 0 && standardise && rows.isNumber(i);
            mean[i] = scaled ? rows.scale().mean(i) : 0;
            inverse[i] = scaled ? rows.scale().inverseDeviation(i) : 1;
        }
    }

    /** Expresses what was learned in the standards of now, where they have changed. O(width^3). */
    void renew(RawRows rows) {
        if (!standardise || posterior.width() == 0) {
            return;
        }
        double[] a = new double[posterior.width()];
        double[] c = new double[a.length];
        boolean changed = false;
        for (int i = 1; i < a.length; i++) {
            a[i] = 1;
            if (rows.isNumber(i)) {
                double newMean = rows.scale().mean(i);
                double newInverse = rows.scale().inverseDeviation(i);
                a[i] = inverse[i] > 0 ? newInverse / inverse[i] : 0;
                c[i] = (mean[i] - newMean) * newInverse;
                if (!(a[i] <= FARTHEST && Math.abs(c[i]) <= FARTHEST)) {
                    a[i] = 0;
                    c[i] = 0;
                }
                changed |= Math.abs(a[i] - 1) > TOLERATED || Math.abs(c[i]) > TOLERATED;
            }
        }
        if (changed) {
            posterior.transform(a, c);
            for (int i = 1; i < a.length; i++) {
                if (rows.isNumber(i)) {
                    mean[i] = rows.scale().mean(i);
                    inverse[i] = rows.scale().inverseDeviation(i);
                }
            }
        }
    }

    void exchange(Memento state) {
        posterior.exchange(state);
        mean = state.numbers(mean);
        inverse = state.numbers(inverse);
        standardised = state.reads() ? new double[mean.length] : standardised;
        learned = state.count(learned);
    }

    /** Where a standardised value is cut off. */
    double limit() {
        return standardise ? RunningScale.CLIP : LARGEST;
    }

    /** Writes weights and standards as columns of a model of the rows' width, each standard as a sum of two floats. */
    void write(RawRows rows, float[] weights, float[] means, float[] rates, int from) {
        standardised(new double[rows.width()], rows);
        double[] own = posterior.weights();
        for (int i = 0; i < rows.width(); i++) {
            weights[from + i] = i < posterior.width() ? (float) own[i] : 0;
            boolean fits = Math.abs(mean[i]) < Float.MAX_VALUE && inverse[i] < Float.MAX_VALUE;
            put(fits ? mean[i] : 0, means, 2 * (from + i));
            put(fits ? inverse[i] : 0, rates, 2 * (from + i));
        }
    }

    private static void put(double value, float[] into, int at) {
        into[at] = (float) value;
        into[at + 1] = (float) (value - into[at]);
    }

    void writeFactor(RawRows rows, float[] into, int offset) {
        posterior.writeFactor(rows.width(), into, offset);
    }
}
