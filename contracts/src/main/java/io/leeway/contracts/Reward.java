package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.Map;

/** How a decision turned out. Key on its topic: the event id. */
public record Reward(
        @JsonPropertyDescription("the loop; over REST the path names it")
        String loop,

        @JsonPropertyDescription("event id of the decision") String eventId,

        @JsonPropertyDescription("how it turned out, a finite number; in a regression loop the observed value")
        Double value,

        @JsonPropertyDescription("identity of this reward; one with the same id is dropped as a duplicate")
        String rewardId,

        @JsonPropertyDescription("slot that it is for; main when absent")
        String slot,

        @JsonPropertyDescription("what was measured, in words")
        String name,

        @JsonPropertyDescription("when it happened, ISO 8601; the record's time when absent")
        Instant time,

        @JsonAnySetter @JsonAnyGetter Map<String, Object> other) {

    public Reward {
        if (loop != null) {
            Check.loopName("loop", loop);
        }
        Check.id("eventId", eventId);
        Check.finite("value", value);
        if (rewardId != null) {
            Check.id("rewardId", rewardId);
        }
        slot = Check.id("slot", Check.or(slot, SlotDecision.MAIN));
        other = Check.copy(other);
    }

    public Reward withLoop(String loop) {
        return new Reward(loop, eventId, value, rewardId, slot, name, time, other);
    }

    public Reward withTime(Instant time) {
        return new Reward(loop, eventId, value, rewardId, slot, name, time, other);
    }

    public Reward withValue(double value) {
        return new Reward(loop, eventId, value, rewardId, slot, name, time, other);
    }
}
