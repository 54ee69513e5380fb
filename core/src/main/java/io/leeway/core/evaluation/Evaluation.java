package io.leeway.core.evaluation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/**
 * Every estimate that logged rows allow of one policy's value, with support and intervals.
 *
 * @param estimates untuned and tuned estimators, then the grids of clipping, switching and shrinking
 * @param tuned what {@link Slope} chose, by the family's name
 */
public record Evaluation(
        Support support, EvaluationSettings settings, List<Estimate> estimates, Map<String, Double> tuned) {
    /** Settings at which clipping, switching and shrinking are also shown. */
    private static final List<Double> SHOWN = List.of(1.0, 2.0, 5.0, 20.0);

    /** Above this share of the choices the logs leave nearly everything open. */
    private static final double MOST_MISSING = 0.75;

    public Evaluation {
        estimates = List.copyOf(estimates);
        tuned = Map.copyOf(tuned);
    }

    /**
     * Evaluates the policy that the rows' piE belongs to.
     *
     * @throws InsufficientSupportException below the settings' minimum
     * @throws IllegalArgumentException if a reward lies outside of the settings' range
     */
    public static Evaluation of(LoggedRows rows, EvaluationSettings settings) {
        return of(rows, settings, EnumSet.allOf(IntervalMethod.class));
    }

    /** @param methods the intervals to make; the one to show is among them */
    static Evaluation of(LoggedRows rows, EvaluationSettings settings, Set<IntervalMethod> methods) {
        requireStatedBounds(rows, settings);
        settings.minimum().require(rows);
        Support support = Support.of(rows);
        if (support.missingWeight() > MOST_MISSING) {
            throw InsufficientSupportException.missing(rows, support.missingWeight());
        }
        return new Making(rows, support, settings, new Intervals(rows, support, settings, methods)).all();
    }

    private static void requireStatedBounds(LoggedRows rows, EvaluationSettings settings) {
        for (int i = 0; i < rows.size(); i++) {
            if (!settings.rewardRange().contains(rows.reward(i))) {
                throw new IllegalArgumentException(
                        "must be in [" + settings.rewardRange().min() + ", "
                                + settings.rewardRange().max() + "]: reward=" + rows.reward(i) + " row=" + i);
            }
            if (rows.weight(i) > settings.maximumWeight() * (1 + 1e-9)) {
                throw new IllegalArgumentException(
                        "must be <= " + settings.maximumWeight() + ": weight=" + rows.weight(i) + " row=" + i);
            }
        }
    }

    /** The estimate of this name. */
    public Estimate estimate(String name) {
        return estimates.stream()
                .filter(estimate -> estimate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of the estimates: name=" + name));
    }

    private static final class Making {
        private final LoggedRows rows;
        private final Support support;
        private final EvaluationSettings settings;
        private final Intervals intervals;
        private final List<Estimate> estimates = new ArrayList<>();
        private final Map<String, Double> tuned = new LinkedHashMap<>();

        private Making(LoggedRows rows, Support support, EvaluationSettings settings, Intervals intervals) {
            this.rows = rows;
            this.support = support;
            this.settings = settings;
            this.intervals = intervals;
        }

        private Evaluation all() {
            add(OffPolicyEstimator.inversePropensity());
            add(OffPolicyEstimator.selfNormalised());
            tune("cips", OffPolicyEstimator::clipped);
            if (rows.hasRewardModel()) {
                add(OffPolicyEstimator.directMethod());
                add(OffPolicyEstimator.doublyRobust());
                add(OffPolicyEstimator.selfNormalisedDoublyRobust());
                add(OffPolicyEstimator.regressedDoublyRobust());
                tune("switch-dr", OffPolicyEstimator::switchDoublyRobust);
                tune("dr-os", OffPolicyEstimator::shrunkDoublyRobust);
            }
            SHOWN.forEach(setting -> add(OffPolicyEstimator.clipped(setting)));
            if (rows.hasRewardModel()) {
                grid(OffPolicyEstimator::switchDoublyRobust);
                grid(OffPolicyEstimator::shrunkDoublyRobust);
            }
            return new Evaluation(support, settings, estimates, tuned);
        }

        private void tune(String name, DoubleFunction<OffPolicyEstimator> family) {
            double setting = Slope.choose(rows, Slope.GRID, family);
            tuned.put(name, setting);
            estimates.add(of(family.apply(setting)).named(name));
        }

        private void grid(DoubleFunction<OffPolicyEstimator> family) {
            Stream.concat(SHOWN.stream(), Slope.GRID.stream())
                    .filter(setting -> !Double.isInfinite(setting))
                    .sorted()
                    .forEach(setting -> add(family.apply(setting)));
        }

        private void add(OffPolicyEstimator estimator) {
            estimates.add(of(estimator));
        }

        private Estimate of(OffPolicyEstimator estimator) {
            RowTerms terms = RowTerms.of(estimator.fit(rows).all(rows));
            Estimate estimate = Estimate.of(
                    estimator, rows, support, terms, settings.interval(), intervals.around(estimator, terms.mean()));
            return estimator.biased()
                    ? estimate.withWarning("biased: its interval is that of its unbiased counterparts")
                    : estimate;
        }
    }
}
