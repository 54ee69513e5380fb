package io.leeway.drift;

import io.leeway.core.json.JsonObject;
import io.leeway.drift.WatchEvent.Rewarded;
import java.util.LinkedHashMap;
import java.util.Map;

/** Means over all feedback of one model version. Not thread safe. */
final class Means {
    private long feedbacks;
    private long predictions;
    private double reward;
    private double predicted;
    private double absoluteError;

    void add(Rewarded rewarded) {
        feedbacks++;
        reward += (rewarded.reward() - reward) / feedbacks;
        if (rewarded.predicted() != null) {
            predictions++;
            predicted += (rewarded.predicted() - predicted) / predictions;
            absoluteError += (Math.abs(rewarded.reward() - rewarded.predicted()) - absoluteError) / predictions;
        }
    }

    long feedbacks() {
        return feedbacks;
    }

    void putInto(Map<String, Object> figures) {
        if (feedbacks > 0) {
            figures.put("meanReward", reward);
        }
        if (predictions > 0) {
            figures.put("meanPredicted", predicted);
            figures.put("meanAbsoluteError", absoluteError);
        }
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("feedbacks", feedbacks);
        json.put("predictions", predictions);
        json.put("reward", reward);
        json.put("predicted", predicted);
        json.put("absoluteError", absoluteError);
        return json;
    }

    static Means fromJson(JsonObject json) {
        Means restored = new Means();
        restored.feedbacks = json.integer("feedbacks");
        restored.predictions = json.integer("predictions");
        restored.reward = json.number("reward");
        restored.predicted = json.number("predicted");
        restored.absoluteError = json.number("absoluteError");
        return restored;
    }
}
