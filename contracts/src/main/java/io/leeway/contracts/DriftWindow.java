package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** The events that a test looked at. */
public record DriftWindow(
        @JsonPropertyDescription("decisions or feedbacks in it")
        long rows,

        @JsonPropertyDescription("time of the earliest of them, ISO 8601")
        Instant from,

        @JsonPropertyDescription("time of the latest of them, ISO 8601")
        Instant to) {

    public DriftWindow {
        Check.atLeast("rows", rows, 0);
    }
}
