package io.leeway.feedback.kafka;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardSettings;
import io.leeway.feedback.DecisionFacts;
import io.leeway.feedback.LoggedDecision;
import io.leeway.feedback.Position;

/** A usable record of the decisions or the rewards topic. */
sealed interface Taken {
    /** What the landing and the join need of a decision; held for a while, it takes little more room than the record. */
    record TakenDecision(LoggedDecision decision, DecisionFacts facts, RewardSettings settings) implements Taken {}

    /** @param reward with its time, its value within the loop's range */
    record TakenReward(Reward reward, RewardSettings settings, Position position) implements Taken {}

    /** @param activation with its time */
    record TakenActivation(Activation activation, RewardSettings settings, Position position) implements Taken {}
}
