package io.leeway.core.evaluation;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Confidence sequence of how much more a challenger earns per event than a reference, from events that either or a third policy
 * logged; see {@link PolicyValueSequence} for what it promises and needs. The events are paired: what both policies share drops out.
 * Not thread-safe.
 *
 * <p>The terms are (w1 - w0) (r - q) + q1 - q0 with predictions q, within a width that the bound of the weights gives. Against the
 * logging policy itself (w0 = 1) no bound is needed: (w1 - 1) (r - a) is not below a - b. Without a bound and against another policy
 * the difference of two value sequences remains.
 */
public final class PolicyDifferenceSequence {
    private final RewardRange range;
    private final double maximumWeight;
    private final boolean againstLogged;
    private final double alpha;
    private final RunningReward expected;
    private final Sides controlled;
    private final Sides direct;
    private final PolicyValueSequence challenger;
    private final PolicyValueSequence reference;
    private long count;

    /** Evidence on both sides from values of one kind. */
    private record Sides(MeanSequence low, MeanSequence high, double shift) {
        /** @param watched the only difference that will be asked about, or null */
        static Sides of(Values values, double shift, Double watched) {
            double scale = 2 * shift;
            return watched == null
                    ? new Sides(values.sequence(scale), values.sequence(scale), shift)
                    : new Sides(new WatchedMean(shift + watched), new WatchedMean(shift - watched), shift);
        }

        void add(double lowTerm, double highTerm) {
            low.add(Math.max(0, lowTerm + shift));
            high.add(Math.max(0, highTerm + shift));
        }
    }

    private PolicyDifferenceSequence(
            RewardRange range,
            double maximumWeight,
            double confidence,
            Values values,
            boolean againstLogged,
            Double watched) {
        RowTerms.requireConfidence(confidence);
        if (!(maximumWeight >= 1)) {
            throw new IllegalArgumentException("must be >= 1: maximumWeight=" + maximumWeight);
        }
        this.range = range;
        this.maximumWeight = maximumWeight;
        this.againstLogged = againstLogged;
        this.alpha = 1 - confidence;
        this.expected = new RunningReward(range);
        boolean bounded = !Double.isInfinite(maximumWeight);
        this.controlled = bounded ? Sides.of(values, (maximumWeight + 1) * range.width(), watched) : null;
        this.direct = againstLogged ? Sides.of(values, range.width(), watched) : null;
        boolean apart = !bounded && !againstLogged;
        double each = 1 - alpha / 2;
        this.challenger = apart ? new PolicyValueSequence(range, maximumWeight, each, values) : null;
        this.reference = apart ? new PolicyValueSequence(range, maximumWeight, each, values) : null;
    }

    /**
     * Against the policy that logged the events.
     *
     * @param maximumWeight what no weight exceeds, such as 1 / floor; infinite where nobody knows
     * @param confidence in (0, 1), of all intervals at once
     */
    public static PolicyDifferenceSequence againstLogged(
            RewardRange range, double maximumWeight, double confidence, Values values) {
        return new PolicyDifferenceSequence(range, maximumWeight, confidence, values, true, null);
    }

    /** Against any policy, whose weight is told with each event. */
    public static PolicyDifferenceSequence of(
            RewardRange range, double maximumWeight, double confidence, Values values) {
        return new PolicyDifferenceSequence(range, maximumWeight, confidence, values, false, null);
    }

    /** Watches one difference only, in the plain way; against the logging policy, or with a bound of the weights. */
    static PolicyDifferenceSequence watching(
            double difference, RewardRange range, double maximumWeight, double confidence, boolean againstLogged) {
        return new PolicyDifferenceSequence(
                range, maximumWeight, confidence, Values.CONSTANT, againstLogged, difference);
    }

    /** Adds an event; the prediction is the mean reward so far. */
    public void add(double challengerWeight, double referenceWeight, double reward) {
        add(challengerWeight, referenceWeight, reward, expected.mean(), 0);
    }

    /**
     * Adds an event with predictions that were made before it, cut to the reward range.
     *
     * @param referenceWeight 1 against the logging policy
     * @param qA prediction for the logged action
     * @param qDifference mean prediction under the challenger minus that under the reference
     */
    public void add(double challengerWeight, double referenceWeight, double reward, double qA, double qDifference) {
        PolicyValueSequence.requireWeight(challengerWeight, maximumWeight);
        PolicyValueSequence.requireWeight(referenceWeight, maximumWeight);
        range.require(reward);
        if (againstLogged && referenceWeight != 1) {
            throw new IllegalArgumentException("must be 1 against the logging policy: weight=" + referenceWeight);
        }
        double gap = challengerWeight - referenceWeight;
        if (controlled != null) {
            double width = range.width();
            double term = Math.max(-width, Math.min(width, qDifference)) + gap * (reward - range.clip(qA));
            controlled.add(term, -term);
        }
        if (direct != null) {
            direct.add(gap * (reward - range.min()), gap * (range.max() - reward));
        }
        if (challenger != null) {
            challenger.add(challengerWeight, reward);
            reference.add(referenceWeight, reward);
        }
        expected.add(1, reward);
        count++;
    }

    public long count() {
        return count;
    }

    public Interval interval() {
        double width = range.width();
        if (challenger != null) {
            Interval one = challenger.interval();
            Interval other = reference.interval();
            return new Interval(one.lower() - other.upper(), one.upper() - other.lower());
        }
        double lower = evidence(true).bound(-width, width);
        double upper = evidence(false).bound(width, -width);
        return new Interval(lower, Math.max(lower, upper));
    }

    /** Whether the events prove that the challenger earns more by at least {@code margin}; cheaper than the interval. */
    public boolean isBetterBy(double margin) {
        return challenger != null ? interval().lower() > margin : evidence(true).excludes(margin);
    }

    /** Whether the events prove that the challenger earns less than the reference plus {@code margin}. */
    public boolean isWorseThan(double margin) {
        return challenger != null
                ? interval().upper() < margin
                : evidence(false).excludes(margin);
    }

    private Evidence evidence(boolean low) {
        List<Evidence.Way> ways = new java.util.ArrayList<>();
        for (Sides sides : new Sides[] {controlled, direct}) {
            if (sides != null) {
                DoubleUnaryOperator meanOf = difference -> sides.shift + (low ? difference : -difference);
                ways.add(new Evidence.Way(low ? sides.low : sides.high, meanOf));
            }
        }
        return new Evidence(ways, alpha / 2);
    }
}
