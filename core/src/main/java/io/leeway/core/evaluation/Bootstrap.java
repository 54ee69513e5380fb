package io.leeway.core.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Percentile bootstrap of a mean: rows are drawn with replacement as often as there are rows, many times. The same seed gives the
 * same interval.
 *
 * @see "Efron, Bootstrap methods: another look at the jackknife, Annals of Statistics 7, 1979, 1-26"
 */
final class Bootstrap {
    private static final int MOST_RESAMPLES = 2000;
    private static final int FEWEST_RESAMPLES = 200;
    /** Draws altogether, so that many rows do not take for ever; their intervals need fewer resamples. */
    private static final long DRAWS = 20_000_000;

    private Bootstrap() {}

    static Interval interval(double[] values, double alpha, long seed) {
        int rows = values.length;
        int resamples = (int) Math.max(FEWEST_RESAMPLES, Math.min(MOST_RESAMPLES, DRAWS / rows));
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[resamples];
        for (int b = 0; b < resamples; b++) {
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += values[random.nextInt(rows)];
            }
            means[b] = sum / rows;
        }
        Arrays.sort(means);
        return new Interval(percentile(means, alpha / 2), percentile(means, 1 - alpha / 2));
    }

    private static double percentile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
