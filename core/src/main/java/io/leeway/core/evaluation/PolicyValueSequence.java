package io.leeway.core.evaluation;

import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * Confidence sequence of a policy's value from events that another policy logged: an interval after every event, all of which hold the
 * truth at once with the stated confidence, so that it may be looked at at any time and stopped at will. Not thread-safe; O(1) memory,
 * see {@link BettingSequence} and {@link BernsteinSequence} for time.
 *
 * <p>Rewards in [a, b] are all it needs: w (r - a) and w (b - r) are not negative and have the means v - a and b - v (the weight w
 * averages to 1 given the past, however the logging policy learns), and the evidence does not need them bounded above. Where a bound
 * of the weights is known, a second way bets on q + w (r - q) with a prediction q of the reward, which varies less.
 *
 * @see "Karampatziakis, Mineiro and Ramdas, Off-policy confidence sequences, ICML 2021"
 * @see "Waudby-Smith, Wu, Ramdas, Karampatziakis and Mineiro, Anytime-valid off-policy inference for contextual bandits, 2022"
 */
public final class PolicyValueSequence {
    private final RewardRange range;
    private final double maximumWeight;
    private final double confidence;
    private final Values values;
    private final double floor;
    private final double ceiling;
    private final List<MeanSequence> direct = new ArrayList<>();
    private final List<MeanSequence> controlled = new ArrayList<>();
    private final Evidence low;
    private final Evidence high;
    private final RunningReward expected;
    private long count;

    /**
     * @param maximumWeight what no weight exceeds, such as 1 / floor; infinite where nobody knows
     * @param confidence in (0, 1), of all intervals at once
     */
    public PolicyValueSequence(RewardRange range, double maximumWeight, double confidence, Values values) {
        this(range, maximumWeight, confidence, values, scale -> mean -> values.sequence(scale), range.min());
    }

    /** Makes sequences from their scale and from the mean that a claimed value gives them. */
    interface Maker {
        DoubleFunction<MeanSequence> of(double scale);
    }

    /** Watches one claimed value only, in the plain way. */
    static PolicyValueSequence watching(double claimed, RewardRange range, double maximumWeight, double confidence) {
        return new PolicyValueSequence(range, maximumWeight, confidence, claimed);
    }

    private PolicyValueSequence(RewardRange range, double maximumWeight, double confidence, double claimed) {
        this(range, maximumWeight, confidence, Values.CONSTANT, scale -> WatchedMean::new, claimed);
    }

    private PolicyValueSequence(
            RewardRange range, double maximumWeight, double confidence, Values values, Maker maker, double claimed) {
        RowTerms.requireConfidence(confidence);
        if (!(maximumWeight >= 1)) {
            throw new IllegalArgumentException("must be >= 1: maximumWeight=" + maximumWeight);
        }
        this.range = range;
        this.maximumWeight = maximumWeight;
        this.confidence = confidence;
        this.values = values;
        this.floor = range.min() - maximumWeight * range.width();
        this.ceiling = range.max() + maximumWeight * range.width();
        this.expected = new RunningReward(range);
        double alpha = (1 - confidence) / 2;
        this.low = new Evidence(ways(maker, claimed, v -> v - range.min(), v -> v - floor), alpha);
        this.high = new Evidence(ways(maker, claimed, v -> range.max() - v, v -> ceiling - v), alpha);
    }

    private List<Evidence.Way> ways(
            Maker maker, double claimed, DoubleUnaryOperator directMean, DoubleUnaryOperator controlledMean) {
        List<Evidence.Way> ways = new ArrayList<>();
        MeanSequence one = maker.of(range.width()).apply(directMean.applyAsDouble(claimed));
        direct.add(one);
        ways.add(new Evidence.Way(one, directMean));
        if (bounded()) {
            double scale = (maximumWeight + 1) * range.width();
            MeanSequence other = maker.of(scale).apply(controlledMean.applyAsDouble(claimed));
            controlled.add(other);
            ways.add(new Evidence.Way(other, controlledMean));
        }
        return ways;
    }

    /** Adds an event; its prediction is the mean reward of the policy so far. */
    public void add(double weight, double reward) {
        double mean = expected.mean();
        add(weight, reward, mean, mean);
    }

    /**
     * Adds an event with predictions that were made before it; values outside of the reward range are cut to it.
     *
     * @param qA prediction for the logged action
     * @param qPi its mean under the policy
     */
    public void add(double weight, double reward, double qA, double qPi) {
        requireWeight(weight, maximumWeight);
        range.require(reward);
        direct.get(0).add(weight * (reward - range.min()));
        direct.get(1).add(weight * (range.max() - reward));
        if (bounded()) {
            double term = range.clip(qPi) + weight * (reward - range.clip(qA));
            controlled.get(0).add(Math.max(0, term - floor));
            controlled.get(1).add(Math.max(0, ceiling - term));
        }
        expected.add(weight, reward);
        count++;
    }

    public long count() {
        return count;
    }

    public double lower() {
        return low.bound(range.min(), range.max());
    }

    public double upper() {
        return high.bound(range.max(), range.min());
    }

    public Interval interval() {
        double lower = lower();
        return new Interval(lower, Math.max(lower, upper()));
    }

    /** Whether the events speak against this value; cheaper than the interval. */
    public boolean excludes(double value) {
        return low.excludes(value) || high.excludes(value);
    }

    /** Everything, so that {@link #fromJson} goes on as if nothing had happened. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        settings(json, range, maximumWeight, confidence, values);
        json.put("count", count);
        json.put("expected", expected.toJson());
        json.put("direct", direct.stream().map(MeanSequence::toJson).toList());
        json.put("controlled", controlled.stream().map(MeanSequence::toJson).toList());
        return json;
    }

    static void settings(
            Map<String, Object> json, RewardRange range, double maximumWeight, double confidence, Values values) {
        json.put("range", range.toJson());
        if (!Double.isInfinite(maximumWeight)) {
            json.put("maximumWeight", maximumWeight);
        }
        json.put("confidence", confidence);
        json.put("values", values.name());
    }

    public static PolicyValueSequence fromJson(Map<String, ?> json) {
        return restore(JsonObject.of(json));
    }

    static PolicyValueSequence restore(JsonObject saved) {
        RewardRange range = RewardRange.fromJson(saved.object("range"));
        Values values = Values.valueOf(saved.text("values"));
        // The ways are made in the order in which they stand here: direct and controlled of one side, then those of the
        // other.
        Saved direct = new Saved(saved.objects("direct"));
        Saved controlled = new Saved(saved.objects("controlled"));
        PolicyValueSequence restored = new PolicyValueSequence(
                range,
                saved.number("maximumWeight", Double.POSITIVE_INFINITY),
                saved.number("confidence"),
                values,
                scale -> mean -> values.restore(scale, scale == range.width() ? direct.next() : controlled.next()),
                range.min());
        restored.count = saved.integer("count");
        restored.expected.restore(saved.object("expected"));
        return restored;
    }

    /** Saved sequences, given back one by one. */
    private static final class Saved {
        private final List<JsonObject> all;
        private int next;

        private Saved(List<JsonObject> all) {
            this.all = all;
        }

        private JsonObject next() {
            return all.get(next++);
        }
    }

    private boolean bounded() {
        return !Double.isInfinite(maximumWeight);
    }

    static void requireWeight(double weight, double maximumWeight) {
        if (!(weight >= 0 && weight <= maximumWeight * (1 + 1e-9)) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("must be in [0, " + maximumWeight + "]: weight=" + weight);
        }
    }
}
