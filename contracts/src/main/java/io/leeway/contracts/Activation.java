package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.Map;

/** The caller's word that a deferred decision was really shown. Travels on the rewards topic. */
public record Activation(
        @JsonPropertyDescription("the loop; over REST the path names it")
        String loop,

        @JsonPropertyDescription("event id of the decision") String eventId,

        @JsonPropertyDescription("when it was shown, ISO 8601; the record's time when absent")
        Instant time,

        @JsonAnySetter @JsonAnyGetter Map<String, Object> other) {

    public Activation {
        if (loop != null) {
            Check.loopName("loop", loop);
        }
        Check.id("eventId", eventId);
        other = Check.copy(other);
    }
}
