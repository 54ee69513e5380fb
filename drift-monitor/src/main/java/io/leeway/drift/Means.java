package io.leeway.drift;

import io.leeway.core.json.JsonObject;
import io.leeway.drift.WatchEvent.Rewarded;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Means over all feedback of one model version. Not thread safe. */
final class Means {
    private long feedbacks;
    private long predictions;
    private double reward;
    private double predicted;
    private double absoluteError;
    private double predictedSquares;
    private long matched;
    private double squaredError;

    /** Predictions that the centre and the scale of the slope are learned from. */
    private static final int ENOUGH = 100;

    /** Mean and variance of the first predictions; they stay, or the same feedback would give another value each time. */
    private double center;

    private double scale;

    /**
     * 1 + residual (prediction - mean) / variance of the predictions, whose own mean is about the slope of a line through observed
     * against predicted values; empty until mean and variance are known, and where the model predicts always the same.
     */
    OptionalDouble calibration(double residual, double prediction) {
        if (predictions <= ENOUGH || !(scale > 1e-12 * (1 + center * center))) {
            return OptionalDouble.empty();
        }
        double slope = 1 + residual * (prediction - center) / scale;
        return Double.isFinite(slope) ? OptionalDouble.of(slope) : OptionalDouble.empty();
    }

    void add(Rewarded rewarded) {
        feedbacks++;
        matched += Boolean.TRUE.equals(rewarded.matched()) ? 1 : 0;
        reward += (rewarded.reward() - reward) / feedbacks;
        if (rewarded.predicted() != null) {
            predictions++;
            double before = rewarded.predicted() - predicted;
            predicted += before / predictions;
            predictedSquares += before * (rewarded.predicted() - predicted);
            if (predictions == ENOUGH) {
                center = predicted;
                scale = predictedSquares / predictions;
            }
            double residual = rewarded.reward() - rewarded.predicted();
            squaredError += (residual * residual - squaredError) / predictions;
            absoluteError += (Math.abs(rewarded.reward() - rewarded.predicted()) - absoluteError) / predictions;
        }
    }

    long feedbacks() {
        return feedbacks;
    }

    void putInto(Map<String, Object> figures) {
        if (feedbacks > 0) {
            figures.put("meanReward", reward);
            figures.put("shareRewarded", (double) matched / feedbacks);
        }
        if (predictions > 0) {
            figures.put("meanPredicted", predicted);
            figures.put("meanAbsoluteError", absoluteError);
            figures.put("rootMeanSquaredError", Math.sqrt(squaredError));
        }
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("feedbacks", feedbacks);
        json.put("predictions", predictions);
        json.put("reward", reward);
        json.put("predicted", predicted);
        json.put("absoluteError", absoluteError);
        json.put("predictedSquares", predictedSquares);
        json.put("center", center);
        json.put("scale", scale);
        json.put("squaredError", squaredError);
        json.put("matched", matched);
        return json;
    }

    static Means fromJson(JsonObject json) {
        Means restored = new Means();
        restored.feedbacks = json.integer("feedbacks");
        restored.predictions = json.integer("predictions");
        restored.reward = json.number("reward");
        restored.predicted = json.number("predicted");
        restored.absoluteError = json.number("absoluteError");
        restored.predictedSquares = json.number("predictedSquares", 0);
        restored.center = json.number("center", 0);
        restored.scale = json.number("scale", 0);
        restored.squaredError = json.number("squaredError", 0);
        restored.matched = json.integer("matched", 0);
        return restored;
    }
}
