package io.leeway.feedback;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardSettings;
import java.time.Instant;

/** One record that the join takes in, with the settings that its loop had when it was read. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JoinInput.DecisionMade.class, name = "decision"),
    @JsonSubTypes.Type(value = JoinInput.RewardGiven.class, name = "reward"),
    @JsonSubTypes.Type(value = JoinInput.ActivationGiven.class, name = "activation")
})
public sealed interface JoinInput {
    String loop();

    String eventId();

    RewardSettings settings();

    Position position();

    /** A decision was logged. */
    record DecisionMade(String loop, String eventId, RewardSettings settings, DecisionFacts decision)
            implements JoinInput {
        @Override
        public Position position() {
            return decision.position();
        }
    }

    /** A reward came; its time is given, its value within the loop's range. */
    record RewardGiven(RewardSettings settings, Position position, Reward reward) implements JoinInput {
        @Override
        public String loop() {
            return reward.loop();
        }

        @Override
        public String eventId() {
            return reward.eventId();
        }
    }

    /** The caller's word came that a deferred decision was shown at {@code time}. */
    record ActivationGiven(String loop, String eventId, RewardSettings settings, Position position, Instant time)
            implements JoinInput {}
}
