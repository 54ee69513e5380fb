package io.leeway.training;

import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.ServingMode;
import java.util.List;

/**
 * What a logged feedback is worth under the settings that hold now: history is learned from as if today's aggregation and default
 * reward had held all along, so that a change of them needs no new history. Whether a reward was in time stays as it was logged.
 *
 * @param imitation whether the loop is an apprentice: then it learns which action the baseline was, and from no reward at all
 */
public record RewardReplay(RewardSettings settings, boolean imitation) {
    /** Learns from rewards. */
    public RewardReplay(RewardSettings settings) {
        this(settings, false);
    }

    /** What a loop learns from now. */
    public static RewardReplay of(LoopSettings settings) {
        return new RewardReplay(settings.reward(), settings.serving().mode() == ServingMode.APPRENTICE);
    }

    /** The reward of a slot; without single rewards to replay (imported history) what was logged. */
    public double of(Feedback feedback, String slot) {
        List<Double> values = feedback.rewards().stream()
                .filter(reward -> reward.slot().equals(slot))
                .map(Reward::value)
                .toList();
        if (!values.isEmpty()) {
            return settings.aggregation().of(values);
        }
        boolean nothingCame = feedback.status() == FeedbackStatus.DEFAULTED
                || !feedback.imported() && !feedback.rewards().isEmpty();
        return nothingCame ? settings.defaultReward() : feedback.slotRewards().getOrDefault(slot, feedback.reward());
    }
}
