package io.leeway.prediction.http.personalizer;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.time.Instant;

/** A loop's settings under Personalizer's names. What is absent in a change stays as it is. */
public record ServiceConfiguration(
        @JsonPropertyDescription("how long an event waits for its rewards")
        Duration rewardWaitTime,

        @JsonPropertyDescription("reward of an event that got none")
        Double defaultReward,

        @JsonPropertyDescription("earliest (our first), or last, sum, mean, min, max")
        String rewardAggregation,

        @JsonPropertyDescription(
                "share of the decisions that explores, in [0, 1]: the rule's epsilon, or its floor where it has none")
        Double explorationPercentage,

        @JsonPropertyDescription(
                "how often predictors get a fresh model: a checkpoint where an online learner learns on (at least PT1S), else"
                        + " one trained by the clock; PT0S: not by the clock")
        Duration modelExportFrequency,

        @JsonPropertyDescription("Online, Apprentice or LoggingOnly")
        LearningMode learningMode,

        @JsonPropertyDescription("kept and told again, without an effect: how long the log keeps is set at Kafka")
        Integer logRetentionDays,

        @JsonPropertyDescription("false: mirrors are not made here")
        Boolean logMirrorEnabled,

        @JsonPropertyDescription("false: what it did, loops do by themselves")
        Boolean isAutoOptimizationEnabled,

        @JsonPropertyDescription("when the loop was changed last")
        Instant lastConfigurationEditDate) {}
