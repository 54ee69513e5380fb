package io.leeway.training.learning;

import io.leeway.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a learner can be told. Immutable.
 *
 * @param learner dl4j or linear
 * @param epochs passes over the data at the most, >= 1
 * @param batchRows rows of a minibatch, >= 1
 * @param learningRate step size of Adam, > 0
 * @param l2 weight of the squared norm, >= 0
 * @param holdoutShare newest share of the rows that is judged by and not trained on, in [0, 0.9]
 */
public record Hyperparameters(
        String learner,
        List<Integer> hiddenLayers,
        int epochs,
        int batchRows,
        double learningRate,
        double l2,
        long seed,
        double holdoutShare) {
    public static final String DL4J = "dl4j";
    public static final String LINEAR = "linear";

    public Hyperparameters {
        hiddenLayers = List.copyOf(hiddenLayers);
        if (!learner.equals(DL4J) && !learner.equals(LINEAR)) {
            throw new IllegalArgumentException("must be dl4j or linear: learner=" + learner);
        }
        if (epochs < 1 || batchRows < 1) {
            throw new IllegalArgumentException("must be >= 1: epochs=" + epochs + " batchRows=" + batchRows);
        }
        if (!(learningRate > 0) || !(l2 >= 0)) {
            throw new IllegalArgumentException("must be > 0 and >= 0: learningRate=" + learningRate + " l2=" + l2);
        }
        if (!(holdoutShare >= 0 && holdoutShare <= 0.9)) {
            throw new IllegalArgumentException("must be in [0, 0.9]: holdoutShare=" + holdoutShare);
        }
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("learner", learner);
        json.put("hiddenLayers", hiddenLayers);
        json.put("epochs", epochs);
        json.put("batchRows", batchRows);
        json.put("learningRate", learningRate);
        json.put("l2", l2);
        json.put("seed", seed);
        json.put("holdoutShare", holdoutShare);
        return json;
    }

    static Hyperparameters fromJson(JsonObject json) {
        String learner = json.text("learner", DL4J);
        List<Integer> hidden = json.has("hiddenLayers")
                ? json.list("hiddenLayers").stream()
                        .map(units -> Math.toIntExact(((Number) units).longValue()))
                        .toList()
                : List.of(64, 64);
        return new Hyperparameters(
                learner,
                hidden,
                Math.toIntExact(json.integer("epochs", 40)),
                Math.toIntExact(json.integer("batchRows", 256)),
                json.number("learningRate", 0.003),
                json.number("l2", learner.equals(DL4J) ? 1e-5 : 1),
                json.integer("seed", 42),
                json.number("holdoutShare", 0.2));
    }
}
