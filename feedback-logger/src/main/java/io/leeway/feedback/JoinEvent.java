package io.leeway.feedback;

import io.leeway.contracts.RewardSettings;
import java.time.Instant;

/** Something that the join decided; applying it is the only way in which its state changes. */
public sealed interface JoinEvent {
    /** The event's decision is known from now on, and with it the settings that hold. */
    record DecisionTaken(DecisionFacts decision, RewardSettings settings, Instant arrivedAt) implements JoinEvent {}

    /** A reward is held. */
    record RewardTaken(ReceivedReward reward, RewardSettings settings) implements JoinEvent {}

    /** The decision was shown. */
    record ActivationTaken(Instant time, RewardSettings settings, Instant arrivedAt) implements JoinEvent {}

    /** A revision of the feedback is to be published. */
    record Closed(FeedbackRevision feedback) implements JoinEvent {}

    /** A fate is to be published. */
    record Fated(Fate fate) implements JoinEvent {}

    /** Nothing more can change: the state is to be dropped. */
    record Forgotten() implements JoinEvent {}
}
