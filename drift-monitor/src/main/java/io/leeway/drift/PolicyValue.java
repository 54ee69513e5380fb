package io.leeway.drift;

import io.leeway.core.evaluation.AsymptoticSequence;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.WatchEvent.Rewarded;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the running policy earns per decision since the model began to serve, what the model's greedy policy would have earned, and the
 * difference, each with an interval that may be looked at at any time. Not thread safe. O(1) memory.
 *
 * <p>The greedy policy's value is doubly robust: q(greedy) + w (reward - q(taken)), with w as in {@link ExplorationWindow} and q the scores that
 * were logged; w reward without scores. It is unbiased wherever the greedy action could be taken, whatever the scores say.
 *
 * @see "Dudik, Langford and Li, Doubly robust policy evaluation and learning, ICML 2011"
 */
final class PolicyValue {
    private static final double CONFIDENCE = 0.95;

    private AsymptoticSequence running = new AsymptoticSequence(CONFIDENCE);
    private AsymptoticSequence greedy = new AsymptoticSequence(CONFIDENCE);
    private AsymptoticSequence gain = new AsymptoticSequence(CONFIDENCE);

    void add(Rewarded rewarded) {
        running.add(rewarded.reward());
        OptionalDouble of = ofGreedy(rewarded);
        if (of.isPresent()) {
            greedy.add(of.getAsDouble());
            gain.add(of.getAsDouble() - rewarded.reward());
        }
    }

    /** What one feedback says of the greedy policy's value; empty where it was not logged with what. */
    static OptionalDouble ofGreedy(Rewarded rewarded) {
        if (rewarded.greedyWeight() == null) {
            return OptionalDouble.empty();
        }
        boolean scored = rewarded.predicted() != null && rewarded.greedyPredicted() != null;
        double value = scored
                ? rewarded.greedyPredicted() + rewarded.greedyWeight() * (rewarded.reward() - rewarded.predicted())
                : rewarded.greedyWeight() * rewarded.reward();
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** By name; empty before there is an interval. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        put(figures, "running", running);
        put(figures, "greedy", greedy);
        put(figures, "greedyMinusRunning", gain);
        return figures;
    }

    private static void put(Map<String, Object> figures, String name, AsymptoticSequence sequence) {
        if (sequence.count() >= AsymptoticSequence.FEWEST) {
            Map<String, Object> figure = new LinkedHashMap<>();
            figure.put("value", sequence.mean());
            figure.put("low", sequence.mean() - sequence.halfWidth());
            figure.put("high", sequence.mean() + sequence.halfWidth());
            figure.put("confidence", CONFIDENCE);
            figure.put("feedbacks", sequence.count());
            figures.put(name, figure);
        }
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("running", running.toJson());
        json.put("greedy", greedy.toJson());
        json.put("gain", gain.toJson());
        return json;
    }

    static PolicyValue fromJson(JsonObject json) {
        PolicyValue restored = new PolicyValue();
        restored.running = AsymptoticSequence.fromJson(json.object("running"));
        restored.greedy = AsymptoticSequence.fromJson(json.object("greedy"));
        restored.gain = AsymptoticSequence.fromJson(json.object("gain"));
        return restored;
    }
}
