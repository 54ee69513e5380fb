package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Asks for a decision. */
public record DecisionRequest(
        @JsonPropertyDescription("the loop; over REST the path names it")
        String loop,

        @JsonPropertyDescription("the decision's identity, 1 to 200 characters; made by us (UUIDv7) when absent")
        String eventId,

        @JsonPropertyDescription("when it was asked, ISO 8601; now when absent")
        Instant time,

        @JsonPropertyDescription("what is known, any JSON object; keys that begin with _ are not features")
        Map<String, Object> context,

        @JsonPropertyDescription("what can be chosen; the loop's own actions when absent")
        List<Action> actions,

        @JsonPropertyDescription("ids of actions that may not be chosen")
        List<String> excluded,

        @JsonPropertyDescription("wait for an activation before learning from this decision; default false")
        Boolean deferred,

        @JsonPropertyDescription("places to fill, one after the other; one slot named main when absent")
        List<SlotRequest> slots,

        @JsonPropertyDescription("place in an episode (mdp loops)")
        Episode episode,

        @JsonPropertyDescription(
                "id of the action that the caller would take itself; what apprentice and loggingOnly loops answer; the first eligible one when absent")
        String baseline,

        @JsonPropertyDescription("say which features moved the score of the chosen action; default false")
        Boolean explain,

        @JsonAnySetter @JsonAnyGetter Map<String, Object> other) {

    public DecisionRequest {
        if (loop != null) {
            Check.loopName("loop", loop);
        }
        if (eventId != null) {
            Check.id("eventId", eventId);
        }
        context = Check.copy(context);
        actions = actions == null ? null : Action.distinct("actions", actions);
        excluded = Check.copy("excluded", excluded);
        deferred = Check.or(deferred, false);
        if (baseline != null) {
            Check.id("baseline", baseline);
        }
        explain = Check.or(explain, false);
        slots = Check.copy("slots", slots);
        other = Check.copy(other);
    }

    /** A request without baseline or explanation. */
    public DecisionRequest(
            String loop,
            String eventId,
            Instant time,
            Map<String, Object> context,
            List<Action> actions,
            List<String> excluded,
            Boolean deferred,
            List<SlotRequest> slots,
            Episode episode,
            Map<String, Object> other) {
        this(loop, eventId, time, context, actions, excluded, deferred, slots, episode, null, null, other);
    }
}
