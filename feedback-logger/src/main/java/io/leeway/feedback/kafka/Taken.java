package io.leeway.feedback.kafka;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardSettings;
import io.leeway.feedback.Position;

/** A usable record of the decisions or the rewards topic. */
sealed interface Taken {
    /** @param body the decision as it was logged */
    record TakenDecision(Decision decision, String body, RewardSettings settings, Position position) implements Taken {}

    /** @param reward with its time, its value within the loop's range */
    record TakenReward(Reward reward, RewardSettings settings, Position position) implements Taken {}

    /** @param activation with its time */
    record TakenActivation(Activation activation, RewardSettings settings, Position position) implements Taken {}
}
