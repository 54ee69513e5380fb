package io.leeway.core.evaluation;

import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Confidence sequence of how much more a challenger earns per event than a reference, from events that either or a third policy
 * logged; see {@link PolicyValueSequence} for what it promises and needs. The events are paired: what both policies share drops out.
 * Not thread-safe.
 *
 * <p>There are up to three ways to bet, whose capitals are averaged, w1 and w0 being the weights of challenger and reference:
 *
 * <ul>
 *   <li>controlled, where all weights are bounded: (w1 - w0) (r - q) + q1 - q0 with predictions q;
 *   <li>direct, where the reference's weight is at most W (1 against the logging policy itself, 1 / (1 - share) against the champion of
 *       a canary): (w1 - w0) (r - a) is not below W (a - b), however large w1 is;
 *   <li>switched, under the same condition: as controlled, with predictions where w1 is small only; see {@link SwitchedControl}.
 * </ul>
 *
 * <p>Without any bound the difference of two value sequences remains.
 */
public final class PolicyDifferenceSequence {
    private final RewardRange range;
    private final double maximumWeight;
    private final double referenceWeight;
    private final double confidence;
    private final Values values;
    private final RunningReward expected;
    private final Sides controlled;
    private final Sides direct;
    private final Sides switched;
    private final PolicyValueSequence challenger;
    private final PolicyValueSequence reference;
    private long count;

    private PolicyDifferenceSequence(
            RewardRange range,
            double maximumWeight,
            double referenceWeight,
            double confidence,
            Values values,
            boolean switching,
            Double watched) {
        RowTerms.requireConfidence(confidence);
        requireBound("maximumWeight", maximumWeight);
        requireBound("referenceWeight", referenceWeight);
        this.range = range;
        this.maximumWeight = maximumWeight;
        this.referenceWeight = referenceWeight;
        this.confidence = confidence;
        this.values = values;
        this.expected = new RunningReward(range);
        double width = range.width();
        boolean bounded = !Double.isInfinite(maximumWeight);
        boolean referenceBounded = !Double.isInfinite(referenceWeight);
        this.controlled = bounded ? Sides.of(values, (maximumWeight + 1) * width, watched) : null;
        this.direct = referenceBounded ? Sides.of(values, referenceWeight * width, watched) : null;
        this.switched =
                switching ? Sides.of(values, (SwitchedControl.mostWeight(referenceWeight) + 1) * width, watched) : null;
        boolean apart = !bounded && !referenceBounded;
        double each = 1 - (1 - confidence) / 2;
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
        return new PolicyDifferenceSequence(range, maximumWeight, 1, confidence, values, false, null);
    }

    /** Against any policy, whose weight is told with each event. */
    public static PolicyDifferenceSequence of(
            RewardRange range, double maximumWeight, double confidence, Values values) {
        return new PolicyDifferenceSequence(
                range, maximumWeight, Double.POSITIVE_INFINITY, confidence, values, false, null);
    }

    /**
     * Against a policy whose weight is bounded, with predictions of all actions: give events by {@link #add(double, double, double,
     * double, double, SwitchedControl)}.
     *
     * @param maximumWeight what no weight exceeds; infinite where nobody knows
     * @param referenceWeight what no weight of the reference exceeds, finite, at least 1
     */
    public static PolicyDifferenceSequence switched(
            RewardRange range, double maximumWeight, double referenceWeight, double confidence, Values values) {
        if (Double.isInfinite(referenceWeight)) {
            throw new IllegalArgumentException("must be finite: referenceWeight=" + referenceWeight);
        }
        return new PolicyDifferenceSequence(range, maximumWeight, referenceWeight, confidence, values, true, null);
    }

    /**
     * Against the champion of a canary, in which all weights are bounded.
     *
     * @param maximumWeight of the challenger: 1 / its smallest share
     * @param referenceWeight of the champion: 1 / its smallest share
     */
    public static PolicyDifferenceSequence ofMixture(
            RewardRange range, double maximumWeight, double referenceWeight, double confidence, Values values) {
        return new PolicyDifferenceSequence(range, maximumWeight, referenceWeight, confidence, values, false, null);
    }

    /** Watches one difference only, in the plain way; against the logging policy, or with a bound of the weights. */
    static PolicyDifferenceSequence watching(
            double difference, RewardRange range, double maximumWeight, double confidence, boolean againstLogged) {
        double bound = againstLogged ? 1 : Double.POSITIVE_INFINITY;
        return new PolicyDifferenceSequence(
                range, maximumWeight, bound, confidence, Values.CONSTANT, false, difference);
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
        if (switched != null) {
            throw new IllegalStateException("must be told the switched control of each event");
        }
        add(challengerWeight, referenceWeight, reward, qA, qDifference, null);
    }

    /** Adds an event with predictions that were made before it; see {@link #switched}. */
    public void add(
            double challengerWeight,
            double referenceWeight,
            double reward,
            double qA,
            double qDifference,
            SwitchedControl control) {
        PolicyValueSequence.requireWeight(challengerWeight, maximumWeight);
        requireReference(referenceWeight);
        range.require(reward);
        double gap = challengerWeight - referenceWeight;
        double width = range.width();
        if (controlled != null) {
            double term = Math.max(-width, Math.min(width, qDifference)) + gap * (reward - range.clip(qA));
            controlled.add(term, -term);
        }
        if (direct != null) {
            direct.add(gap * (reward - range.min()), gap * (range.max() - reward));
        }
        if (switched != null) {
            switched.add(
                    control.lowDifference() + gap * (reward - control.lowQ()),
                    -control.highDifference() - gap * (reward - control.highQ()));
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

    /** Of all intervals at once. */
    public double confidence() {
        return confidence;
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
        List<Evidence.Way> ways = new ArrayList<>();
        for (Sides sides : new Sides[] {controlled, direct, switched}) {
            if (sides != null) {
                DoubleUnaryOperator meanOf = difference -> sides.shift() + (low ? difference : -difference);
                ways.add(new Evidence.Way(low ? sides.low() : sides.high(), meanOf));
            }
        }
        return new Evidence(ways, (1 - confidence) / 2);
    }

    private void requireReference(double weight) {
        if (referenceWeight == 1 && weight != 1) {
            throw new IllegalArgumentException("must be 1 against the logging policy: weight=" + weight);
        }
        PolicyValueSequence.requireWeight(weight, Math.min(maximumWeight, referenceWeight));
    }

    private static void requireBound(String name, double bound) {
        if (!(bound >= 1)) {
            throw new IllegalArgumentException("must be >= 1: " + name + "=" + bound);
        }
    }

    /** Everything, so that {@link #fromJson} goes on as if nothing had happened. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        PolicyValueSequence.settings(json, range, maximumWeight, confidence, values);
        if (!Double.isInfinite(referenceWeight)) {
            json.put("referenceWeight", referenceWeight);
        }
        json.put("count", count);
        json.put("expected", expected.toJson());
        put(json, "controlled", controlled);
        put(json, "direct", direct);
        put(json, "switched", switched);
        if (challenger != null) {
            json.put("challenger", challenger.toJson());
            json.put("reference", reference.toJson());
        }
        return json;
    }

    private static void put(Map<String, Object> json, String name, Sides sides) {
        if (sides != null) {
            json.put(name, sides.toJson());
        }
    }

    public static PolicyDifferenceSequence fromJson(Map<String, ?> json) {
        return new PolicyDifferenceSequence(JsonObject.of(json));
    }

    private PolicyDifferenceSequence(JsonObject saved) {
        this.range = RewardRange.fromJson(saved.object("range"));
        this.maximumWeight = saved.number("maximumWeight", Double.POSITIVE_INFINITY);
        this.referenceWeight = saved.number("referenceWeight", Double.POSITIVE_INFINITY);
        this.confidence = saved.number("confidence");
        this.values = Values.valueOf(saved.text("values"));
        this.count = saved.integer("count");
        this.expected = new RunningReward(range);
        expected.restore(saved.object("expected"));
        double width = range.width();
        this.controlled = Sides.restore(saved, "controlled", values, (maximumWeight + 1) * width);
        this.direct = Sides.restore(saved, "direct", values, referenceWeight * width);
        this.switched =
                Sides.restore(saved, "switched", values, (SwitchedControl.mostWeight(referenceWeight) + 1) * width);
        boolean apart = saved.has("challenger");
        this.challenger = apart ? PolicyValueSequence.restore(saved.object("challenger")) : null;
        this.reference = apart ? PolicyValueSequence.restore(saved.object("reference")) : null;
    }
}
