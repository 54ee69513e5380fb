package io.leeway.feedback;

import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Reward;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the join has to say of a decision: the feedback without the decision itself.
 *
 * @param counted identities of the rewards that counted; another revision follows only if these change
 */
public record FeedbackRevision(
        int revision,
        FeedbackStatus status,
        double reward,
        Map<String, Double> slotRewards,
        List<Reward> rewards,
        List<String> counted,
        Instant closedAt) {
    public FeedbackRevision {
        slotRewards = Map.copyOf(slotRewards);
        rewards = List.copyOf(rewards);
        counted = List.copyOf(counted);
    }
}
