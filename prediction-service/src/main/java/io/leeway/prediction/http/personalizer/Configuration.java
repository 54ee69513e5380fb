package io.leeway.prediction.http.personalizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.ExplorationSettings;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardAggregation;
import io.leeway.contracts.TrainingSettings;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Maps a loop's settings to Personalizer's configuration and back. Stateless. */
final class Configuration {
    private static final String EARLIEST = "earliest";
    /** Where a loop keeps what Personalizer's clients set and nothing here reads. */
    private static final String KEPT = "personalizer";

    private Configuration() {}

    static ServiceConfiguration of(Loop loop) {
        LoopSettings settings = loop.settings();
        return new ServiceConfiguration(
                settings.reward().rewardWait(),
                settings.reward().defaultReward(),
                aggregation(settings.reward().aggregation()),
                explorationShare(settings.exploration()),
                exportFrequency(settings.training()),
                LearningMode.of(settings.serving().mode()),
                retention(settings),
                false,
                false,
                loop.updatedAt());
    }

    /** The settings with the changes, as JSON, so that settings which this class does not know stay as they are. */
    static LoopSettings changed(LoopSettings settings, ServiceConfiguration wanted) {
        requireFalse("logMirrorEnabled", wanted.logMirrorEnabled());
        requireFalse("isAutoOptimizationEnabled", wanted.isAutoOptimizationEnabled());
        ObjectNode json = Json.mapper().valueToTree(settings);
        reward(json.withObject("/reward"), wanted);
        if (wanted.explorationPercentage() != null) {
            explore(json.withObject("/exploration"), settings.exploration(), wanted.explorationPercentage());
        }
        if (wanted.modelExportFrequency() != null) {
            exportEvery(json.withObject("/training"), settings.training(), wanted.modelExportFrequency());
        }
        if (wanted.learningMode() != null) {
            json.withObject("/serving").put("mode", wanted.learningMode().mode().word());
        }
        if (wanted.logRetentionDays() != null) {
            json.withObject("/" + KEPT).put("logRetentionDays", wanted.logRetentionDays());
        }
        try {
            return Json.mapper().treeToValue(json, LoopSettings.class);
        } catch (JsonProcessingException e) {
            throw Json.unreadable(e);
        }
    }

    /** How often predictors get a fresh model: a checkpoint of what learns on, else one that is trained by the clock. */
    private static Duration exportFrequency(TrainingSettings training) {
        Duration every = training.online() ? training.modelExportFrequency() : training.every();
        return every == null ? Duration.ZERO : every;
    }

    private static void exportEvery(ObjectNode json, TrainingSettings now, Duration every) {
        if (now.online()) {
            json.put("modelExportFrequency", every.toString());
        } else {
            json.put("every", every.isZero() ? null : every.toString());
        }
    }

    private static void reward(ObjectNode reward, ServiceConfiguration wanted) {
        if (wanted.rewardWaitTime() != null) {
            reward.put("rewardWait", wanted.rewardWaitTime().toString());
        }
        if (wanted.defaultReward() != null) {
            reward.put("defaultReward", wanted.defaultReward());
        }
        if (wanted.rewardAggregation() != null) {
            reward.put("aggregation", aggregation(wanted.rewardAggregation()));
        }
    }

    private static double explorationShare(ExplorationSettings exploration) {
        Double epsilon = exploration.parameters().get("epsilon");
        return epsilon == null ? exploration.floor() : epsilon;
    }

    private static void explore(ObjectNode json, ExplorationSettings now, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new ContractViolation("explorationPercentage", "must be in [0, 1]", share);
        }
        if (now.rule().equals("epsilonGreedy")) {
            json.withObject("/parameters").put("epsilon", share);
        } else {
            json.put("floor", share);
        }
    }

    private static String aggregation(RewardAggregation aggregation) {
        return aggregation == RewardAggregation.FIRST
                ? EARLIEST
                : aggregation.name().toLowerCase(Locale.ROOT);
    }

    private static String aggregation(String word) {
        for (RewardAggregation aggregation : RewardAggregation.values()) {
            if (aggregation(aggregation).equalsIgnoreCase(word)) {
                return aggregation.name().toLowerCase(Locale.ROOT);
            }
        }
        throw new ContractViolation("rewardAggregation", "must be earliest, last, sum, mean, min or max", word);
    }

    private static int retention(LoopSettings settings) {
        return settings.other().get(KEPT) instanceof Map<?, ?> kept
                        && kept.get("logRetentionDays") instanceof Number days
                ? days.intValue()
                : -1;
    }

    private static void requireFalse(String field, Boolean value) {
        if (value != null && value) {
            throw new ContractViolation(field, "must be false, it is not offered here", true);
        }
    }
}
