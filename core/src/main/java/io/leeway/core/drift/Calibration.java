package io.leeway.core.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;

/**
 * Whether predicted rewards come true on average, at every height of the prediction. Rows are split into classes of equal count by
 * their prediction; in each the mean of observed minus predicted should be nothing. Immutable.
 *
 * <p>The test adds up the classes' squared means in standard errors, as estimated within the class: chi-square with as many
 * degrees of freedom as classes, for rewards of any distribution, from about {@link #CLASS_ROWS} rows a class on. Predictions must not
 * be of the rows that the model was trained on.
 *
 * @param rows at least 1
 * @param expectedError mean over the rows of the absolute mean of their class (expected calibration error), in the reward's unit
 * @param bias mean of observed minus predicted
 * @param statistic chi-square, of as many degrees of freedom as there are classes
 * @see "Hosmer and Lemeshow, Goodness of fit tests for the multiple logistic regression model, Communications in Statistics A 9, 1980,
 *     1043-1069"
 * @see "Naeini, Cooper and Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning, AAAI 2015, 2901-2907"
 */
public record Calibration(
        long rows, double expectedError, double bias, double statistic, double pValue, List<Bin> bins) {
    /** Classes, if there are rows enough. */
    public static final int CLASSES = 10;

    /** Rows that a class should have. */
    public static final int CLASS_ROWS = 50;

    /** Rows of similar predictions. */
    public record Bin(long rows, double predicted, double observed, double standardError) {
        private double z() {
            double off = observed - predicted;
            return standardError > 0 ? off / standardError : off == 0 ? 0 : Math.signum(off) * MOST;
        }
    }

    /** A class without any scatter that is off is off for certain. */
    private static final double MOST = 40;

    private static final double LENT = 4;

    public Calibration {
        bins = List.copyOf(bins);
    }

    /** Of rows whose prediction and reward are known, at least one. */
    public static Calibration of(double[] predicted, double[] observed) {
        List<Bin> bins = bins(predicted, observed, edges(predicted, observed.length), scatter(predicted, observed));
        double error = 0;
        double bias = 0;
        double statistic = 0;
        for (Bin bin : bins) {
            double off = bin.observed - bin.predicted;
            error += Math.abs(off) * bin.rows / predicted.length;
            bias += off * bin.rows / predicted.length;
            statistic += bin.z() * bin.z();
        }
        return new Calibration(
                predicted.length, error, bias, statistic, ChiSquare.pValue(statistic, bins.size()), bins);
    }

    /**
     * Whether predictions hold otherwise than they did: both samples in the same classes, those of the first. A model that was
     * never calibrated, and is no worse now, has not drifted.
     */
    public static TestResult change(
            double[] predictedBefore, double[] observedBefore, double[] predictedAfter, double[] observedAfter) {
        double[] edges = edges(predictedBefore, Math.min(observedBefore.length, observedAfter.length));
        double scatter = Math.max(scatter(predictedBefore, observedBefore), scatter(predictedAfter, observedAfter));
        double statistic = 0;
        int compared = 0;
        for (int c = 0; c <= edges.length; c++) {
            double low = c == 0 ? Double.NEGATIVE_INFINITY : edges[c - 1];
            double high = c == edges.length ? Double.POSITIVE_INFINITY : edges[c];
            double[] before = residuals(predictedBefore, observedBefore, low, high);
            double[] after = residuals(predictedAfter, observedAfter, low, high);
            if (before.length >= 5 && after.length >= 5) {
                double variance = squaredError(before, scatter) + squaredError(after, scatter);
                double apart = mean(after) - mean(before);
                statistic += variance > 0 ? apart * apart / variance : apart == 0 ? 0 : MOST * MOST;
                compared++;
            }
        }
        return new TestResult(statistic, ChiSquare.pValue(statistic, compared));
    }

    /**
     * Spiegelhalter's test that probabilities of a reward of 1, rather than 0, hold: more powerful than classes where the
     * probabilities are too timid or too bold.
     *
     * @see "Spiegelhalter, Probabilistic prediction in patient management and clinical trials, Statistics in Medicine 5, 1986, 421-433"
     */
    public static TestResult spiegelhalter(double[] probability, double[] zeroOrOne) {
        requireSameLength(probability, zeroOrOne);
        double sum = 0;
        double variance = 0;
        for (int i = 0; i < probability.length; i++) {
            double p = State.requireShare(probability[i]);
            double slope = 1 - 2 * p;
            sum += (State.requireZeroOrOne(zeroOrOne[i]) - p) * slope;
            variance += slope * slope * p * (1 - p);
        }
        double z = variance > 0 ? sum / Math.sqrt(variance) : sum == 0 ? 0 : Math.signum(sum) * MOST;
        return new TestResult(z, Math.min(1, Erf.erfc(Math.abs(z) / Math.sqrt(2))));
    }

    /** Where one class ends and the next begins: fewer where predictions are few or alike. */
    private static double[] edges(double[] predicted, int rows) {
        double[] sorted = Quantiles.of(predicted).toArray();
        int classes = Math.max(1, Math.min(CLASSES, Math.min(rows, predicted.length) / CLASS_ROWS));
        return IntStream.range(1, classes)
                .mapToDouble(c -> sorted[(int) ((long) c * sorted.length / classes)])
                .filter(edge -> edge > sorted[0])
                .distinct()
                .toArray();
    }

    private static List<Bin> bins(double[] predicted, double[] observed, double[] edges, double scatter) {
        requireSameLength(predicted, observed);
        List<Bin> bins = new ArrayList<>();
        for (int c = 0; c <= edges.length; c++) {
            double low = c == 0 ? Double.NEGATIVE_INFINITY : edges[c - 1];
            double high = c == edges.length ? Double.POSITIVE_INFINITY : edges[c];
            double[] residuals = residuals(predicted, observed, low, high);
            double height = IntStream.range(0, predicted.length)
                    .filter(i -> predicted[i] >= low && predicted[i] < high)
                    .mapToDouble(i -> predicted[i])
                    .average()
                    .orElse(0);
            if (residuals.length > 0) {
                bins.add(new Bin(
                        residuals.length,
                        height,
                        height + mean(residuals),
                        Math.sqrt(squaredError(residuals, scatter))));
            }
        }
        bins.sort(Comparator.comparingDouble(Bin::predicted));
        return bins;
    }

    private static double[] residuals(double[] predicted, double[] observed, double low, double high) {
        requireSameLength(predicted, observed);
        return IntStream.range(0, predicted.length)
                .filter(i -> predicted[i] >= low && predicted[i] < high)
                .mapToDouble(i -> State.requireFinite(observed[i]) - predicted[i])
                .toArray();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Variance of a class's mean; a few rows of the usual scatter are added, or a class of rare rewards that saw none has none. */
    private static double squaredError(double[] values, double scatter) {
        return (squares(values) + LENT * scatter) / Math.max(1, values.length - 1) / values.length;
    }

    /** Variance of observed minus predicted over all rows. */
    private static double scatter(double[] predicted, double[] observed) {
        double[] all = residuals(predicted, observed, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        return squares(all) / all.length;
    }

    private static double squares(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares;
    }

    private static void requireSameLength(double[] predicted, double[] observed) {
        if (predicted.length == 0 || predicted.length != observed.length) {
            throw new IllegalArgumentException("must be of one length, at least 1: predicted=" + predicted.length
                    + " observed=" + observed.length);
        }
    }
}
