package io.leeway.training.learning;

import io.leeway.core.model.Forecast;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How prediction intervals did on rows that were not learned from.
 *
 * @param coverage share of the values within
 * @param meanWidth in the value's unit
 * @param score mean of the width plus, where the value lies outside, 2 / (1 - level) times how far: the smaller the better, and least for
 *     the true quantiles
 * @param narrowCoverage share of the values within, in the narrower half of the intervals
 * @param wideCoverage in the wider half
 * @see "Gneiting and Raftery, Strictly proper scoring rules, prediction, and estimation, JASA 102, 2007, 359-378, section 6.2"
 */
record IntervalFigures(double coverage, double meanWidth, double score, double narrowCoverage, double wideCoverage) {
    static IntervalFigures of(List<Forecast.Bounds> bounds, double[] observed) {
        double[] widths =
                bounds.stream().mapToDouble(Forecast.Bounds::width).sorted().toArray();
        double median = widths[widths.length / 2];
        double width = 0;
        double beyond = 0;
        int[] rows = new int[2];
        int[] held = new int[2];
        for (int i = 0; i < observed.length; i++) {
            Forecast.Bounds one = bounds.get(i);
            int half = one.width() < median ? 0 : 1;
            rows[half]++;
            held[half] += one.holds(observed[i]) ? 1 : 0;
            width += one.width();
            double outside = Math.max(0, Math.max(one.lower() - observed[i], observed[i] - one.upper()));
            beyond += 2 / (1 - one.level()) * outside;
        }
        int count = observed.length;
        return new IntervalFigures(
                (double) (held[0] + held[1]) / count,
                width / count,
                (width + beyond) / count,
                (double) held[0] / Math.max(1, rows[0]),
                (double) held[1] / Math.max(1, rows[1]));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("intervalCoverage", coverage);
        json.put("intervalMeanWidth", meanWidth);
        json.put("intervalScore", score);
        json.put("intervalNarrowCoverage", narrowCoverage);
        json.put("intervalWideCoverage", wideCoverage);
        return json;
    }
}
