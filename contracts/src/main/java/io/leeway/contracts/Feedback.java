package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A decision joined to its rewards once its wait is over, or corrected later: what is learned from. Key: the event id. */
public record Feedback(
        @JsonPropertyDescription("the loop") String loop,
        @JsonPropertyDescription("event id of the decision") String eventId,

        @JsonPropertyDescription("number of this version of the event's feedback, from 1 on; the highest holds")
        int revision,

        @JsonPropertyDescription("matched, defaulted or corrected")
        FeedbackStatus status,

        @JsonPropertyDescription(
                "the aggregated reward of the slot main (the first slot if there is none of that name)")
        double reward,

        @JsonPropertyDescription("the aggregated reward of each slot, by name")
        Map<String, Double> slotRewards,

        @JsonPropertyDescription("the rewards that counted, by time")
        List<Reward> rewards,

        @JsonPropertyDescription("the decision as it was logged")
        Decision decision,

        @JsonPropertyDescription("when this revision was made, ISO 8601")
        Instant closedAt,

        @JsonPropertyDescription("whether it came in as history and not by the live join")
        boolean imported,

        @JsonPropertyDescription("event id of the episode's next step (mdp loops), once its decision is known; only in"
                + " what feedback-logger answers, never on the topic")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        String nextEventId,

        @JsonAnySetter @JsonAnyGetter Map<String, Object> other) {

    public Feedback {
        Check.loopName("loop", loop);
        Check.id("eventId", eventId);
        Check.atLeast("revision", revision, 1);
        Check.present("status", status);
        Check.finite("reward", reward);
        slotRewards = Check.or(slotRewards, Map.of());
        slotRewards.forEach((slot, value) -> Check.finite("slotRewards." + slot, value));
        slotRewards = Map.copyOf(slotRewards);
        rewards = Check.copy("rewards", rewards);
        Check.present("decision", decision);
        Check.present("closedAt", closedAt);
        if (nextEventId != null) {
            Check.id("nextEventId", nextEventId);
        }
        other = Check.copy(other);
    }

    /** As it goes out on the topic. */
    public Feedback(
            String loop,
            String eventId,
            int revision,
            FeedbackStatus status,
            double reward,
            Map<String, Double> slotRewards,
            List<Reward> rewards,
            Decision decision,
            Instant closedAt,
            boolean imported,
            Map<String, Object> other) {
        this(loop, eventId, revision, status, reward, slotRewards, rewards, decision, closedAt, imported, null, other);
    }

    /** The first of a decision with one slot, or of a prediction: its reward came in time. */
    public static Feedback matched(Decision decision, double reward, Instant closedAt) {
        return new Feedback(
                decision.loop(),
                decision.eventId(),
                1,
                FeedbackStatus.MATCHED,
                reward,
                Map.of(SlotDecision.MAIN, reward),
                null,
                decision,
                closedAt,
                false,
                null);
    }

    /** With the decision that followed in its episode; null if there is none. */
    public Feedback withNext(String nextEventId) {
        return new Feedback(
                loop,
                eventId,
                revision,
                status,
                reward,
                slotRewards,
                rewards,
                decision,
                closedAt,
                imported,
                nextEventId,
                other);
    }
}
