package io.leeway.core.model;

import io.leeway.core.features.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which output belongs to which action. Immutable. */
final class Heads {
    private final Map<String, Integer> outputs = new HashMap<>();

    Heads(List<String> ids) {
        for (String id : ids) {
            outputs.put(id, outputs.size());
        }
    }

    boolean isEmpty() {
        return outputs.isEmpty();
    }

    /** The same into an array of the caller's. */
    void pick(double[] scores, List<String> ids, double[] picked) {
        double sum = 0;
        for (double score : scores) {
            sum += score;
        }
        for (int i = 0; i < ids.size(); i++) {
            Integer output = outputs.get(ids.get(i));
            picked[i] = output == null ? sum / scores.length : scores[output];
        }
    }

    /** Outputs in the order of the actions; unknown actions get the mean of all outputs. */
    double[] pick(double[] scores, List<Action> actions) {
        double sum = 0;
        for (double score : scores) {
            sum += score;
        }
        double[] picked = new double[actions.size()];
        for (int i = 0; i < picked.length; i++) {
            Integer output = outputs.get(actions.get(i).id());
            picked[i] = output == null ? sum / scores.length : scores[output];
        }
        return picked;
    }
}
