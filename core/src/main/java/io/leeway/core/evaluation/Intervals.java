package io.leeway.core.evaluation;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Intervals of the policy's value around every estimator of the same rows. Not thread-safe.
 *
 * <p>They are meant for the value of the policy, not for what an estimator converges to: a biased one gets the interval of its
 * unbiased counterparts, stretched to hold its own value; ips, dr and mtr are stretched over a self-normalised form, which differs
 * from them where the weights of these rows happen not to average to 1. The share of the policy's choices that the logs cannot hold
 * may have earned anything within the reward range.
 */
final class Intervals {
    private final LoggedRows rows;
    private final Support support;
    private final EvaluationSettings settings;
    private final double meanQA;
    private final double meanQPi;
    private final Map<String, Map<IntervalMethod, Interval>> known = new HashMap<>();

    private final Set<IntervalMethod> methods;

    Intervals(LoggedRows rows, Support support, EvaluationSettings settings, Set<IntervalMethod> methods) {
        this.methods = methods;
        this.rows = rows;
        this.support = support;
        this.settings = settings;
        this.meanQA = weightedMeanQA(rows);
        this.meanQPi =
                rows.hasRewardModel() ? RowTerms.of(rows.size(), rows::qPi).mean() : 0;
    }

    /** By method; each holds {@code value}. */
    Map<IntervalMethod, Interval> around(OffPolicyEstimator estimator, double value) {
        Map<IntervalMethod, Interval> result = new EnumMap<>(IntervalMethod.class);
        for (OffPolicyEstimator source : sources(estimator)) {
            own(source).forEach((method, interval) -> result.merge(method, interval, Interval::hull));
        }
        result.replaceAll((method, interval) -> interval.stretchedTo(value));
        return result;
    }

    private static List<OffPolicyEstimator> sources(OffPolicyEstimator estimator) {
        if (estimator instanceof InversePropensity || estimator.biased() && !estimator.needsRewardModel()) {
            return List.of(new InversePropensity(), new SelfNormalised());
        }
        if (estimator instanceof DoublyRobust || estimator.biased()) {
            return List.of(new DoublyRobust(), new SelfNormalisedDoublyRobust());
        }
        if (estimator instanceof RegressedDoublyRobust) {
            return List.of(estimator, new SelfNormalisedDoublyRobust());
        }
        return List.of(estimator);
    }

    private Map<IntervalMethod, Interval> own(OffPolicyEstimator estimator) {
        return known.computeIfAbsent(estimator.name(), name -> make(estimator));
    }

    private Map<IntervalMethod, Interval> make(OffPolicyEstimator estimator) {
        Term term = estimator.fit(rows);
        double[] terms = term.all(rows);
        Map<IntervalMethod, Interval> made = new EnumMap<>(IntervalMethod.class);
        for (IntervalMethod method : methods) {
            made.put(method, interval(method, term, terms));
        }
        made.replaceAll((method, interval) -> withMissing(interval));
        return made;
    }

    private Interval interval(IntervalMethod method, Term term, double[] terms) {
        return switch (method) {
            case LIKELIHOOD -> likelihood(term, terms);
            case NORMAL -> RowTerms.of(terms).normal(settings.confidence());
            case BOOTSTRAP -> Bootstrap.interval(terms, settings.alpha(), settings.seed());
            case EMPIRICAL_BERNSTEIN -> EmpiricalBernstein.interval(terms, width(term, terms), settings.alpha());
        };
    }

    private Interval likelihood(Term term, double[] terms) {
        double weight = support.typicalWeight();
        return MeanEstimate.likelihood(
                        terms,
                        extreme(term, weight, settings.rewardRange().min()),
                        extreme(term, weight, settings.rewardRange().max()),
                        support.effectiveSampleSize(),
                        settings.confidence())
                .interval();
    }

    /** What a row of this weight and reward adds, at the policy's average prediction. */
    private double extreme(Term term, double weight, double reward) {
        return term.of(weight, reward, meanQA, meanQPi);
    }

    /** Of the range of the terms; where no bound of the weights is stated, the largest one seen stands in for it. */
    private double width(Term term, double[] terms) {
        double weight =
                Double.isInfinite(settings.maximumWeight()) ? support.maximumWeight() : settings.maximumWeight();
        double low = extreme(term, weight, settings.rewardRange().min());
        double high = extreme(term, weight, settings.rewardRange().max());
        for (double one : terms) {
            low = Math.min(low, one);
            high = Math.max(high, one);
        }
        return high - low;
    }

    private Interval withMissing(Interval interval) {
        double missing = support.missingWeight();
        if (missing == 0) {
            return interval;
        }
        double lower = interval.lower() + missing * (settings.rewardRange().min() - Math.max(0, interval.lower()));
        double upper = interval.upper() + missing * (settings.rewardRange().max() - Math.min(0, interval.upper()));
        return interval.hull(new Interval(lower, upper));
    }

    private static double weightedMeanQA(LoggedRows rows) {
        if (!rows.hasRewardModel()) {
            return 0;
        }
        double weights = 0;
        double sum = 0;
        for (int i = 0; i < rows.size(); i++) {
            weights += rows.weight(i);
            sum += rows.weight(i) * rows.qA(i);
        }
        return weights == 0 ? 0 : sum / weights;
    }
}
