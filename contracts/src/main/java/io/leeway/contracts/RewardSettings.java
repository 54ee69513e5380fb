package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;

/** How a loop collects its rewards. */
public record RewardSettings(
        @JsonPropertyDescription("how long a decision waits for its rewards, from its time on; default 10 minutes")
        Duration rewardWait,

        @JsonPropertyDescription("how long a reward that came first waits for its decision; default 1 minute")
        Duration backwardWindow,

        @JsonPropertyDescription("how long after the wait a late reward still corrects the feedback; default 7 days")
        Duration correctionWindow,

        @JsonPropertyDescription("close at the first reward instead of at the end of the wait; default false")
        Boolean closeOnReward,

        @JsonPropertyDescription("reward of a decision that got none, unit of the reward; default 0")
        Double defaultReward,

        @JsonPropertyDescription("how several rewards become one: first (default), last, sum, mean, min, max")
        RewardAggregation aggregation,

        @JsonPropertyDescription(
                "bounds of a reward; default 0 to 1 in a bandit loop, none in a regression loop (where the reward is the observed value)")
        RewardRange range) {

    public static final RewardSettings DEFAULT = new RewardSettings(null, null, null, null, null, null, null);

    public RewardSettings {
        rewardWait = Check.notNegative("rewardWait", Check.or(rewardWait, Duration.ofMinutes(10)));
        backwardWindow = Check.notNegative("backwardWindow", Check.or(backwardWindow, Duration.ofMinutes(1)));
        correctionWindow = Check.notNegative("correctionWindow", Check.or(correctionWindow, Duration.ofDays(7)));
        closeOnReward = Check.or(closeOnReward, false);
        defaultReward = Check.finite("defaultReward", Check.or(defaultReward, 0.0));
        aggregation = Check.or(aggregation, RewardAggregation.FIRST);
    }

    RewardSettings withRange(RewardRange range) {
        return new RewardSettings(
                rewardWait, backwardWindow, correctionWindow, closeOnReward, defaultReward, aggregation, range);
    }
}
