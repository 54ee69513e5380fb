package io.leeway.core.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Chooses how much to clip, switch or shrink: among estimators ordered from the widest interval (least bias) to the narrowest, the
 * last before the intervals stop to agree. Interval half-widths are one-sided Student's at level {@link #DELTA}; two agree if their
 * values differ by no more than cnf_i + (sqrt(6) - 1) cnf_j.
 *
 * @see "Su, Srinath and Krishnamurthy, Adaptive estimator selection for off-policy evaluation, ICML 2020"
 * @see "Tucker and Lee, Improved estimator selection for off-policy evaluation, 2021 (the constant sqrt(6) - 1)"
 */
public final class Slope {
    public static final double DELTA = 0.1;
    /** Candidates for clipping, switching and shrinking. */
    public static final List<Double> GRID =
            List.of(10.0, 50.0, 100.0, 500.0, 1000.0, 5000.0, 10_000.0, Double.POSITIVE_INFINITY);

    private static final double AGREEMENT = Math.sqrt(6) - 1;

    private Slope() {}

    private record Candidate(double setting, double value, double halfWidth) {}

    /** The chosen setting out of {@code settings}, which are tried in the order of their interval's width. */
    public static double choose(LoggedRows rows, List<Double> settings, DoubleFunction<OffPolicyEstimator> family) {
        double quantile = new TDistribution(null, Math.max(1, rows.size() - 1)).inverseCumulativeProbability(1 - DELTA);
        List<Candidate> candidates = new ArrayList<>();
        for (double setting : settings) {
            RowTerms terms = RowTerms.of(family.apply(setting).fit(rows).all(rows));
            candidates.add(new Candidate(setting, terms.mean(), quantile * terms.standardError()));
        }
        candidates.sort(Comparator.comparingDouble(Candidate::halfWidth).reversed());
        for (int i = 1; i < candidates.size(); i++) {
            if (!agrees(candidates.get(i), candidates.subList(0, i))) {
                return candidates.get(i - 1).setting;
            }
        }
        return candidates.get(candidates.size() - 1).setting;
    }

    private static boolean agrees(Candidate next, List<Candidate> before) {
        return before.stream()
                .allMatch(one -> Math.abs(one.value - next.value) <= next.halfWidth + AGREEMENT * one.halfWidth);
    }

    /** A setting as it stands in an estimator's name: a candidate of the grid without decimals. */
    static String text(double setting) {
        return GRID.contains(setting) && !Double.isInfinite(setting)
                ? Long.toString((long) setting)
                : Double.toString(setting);
    }
}
