package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** The challenger that a rollout tries now, and its share of the decisions. */
public record Canary(
        @JsonPropertyDescription("version of the challenger, >= 1; another challenger has no share")
        long modelVersion,

        @JsonPropertyDescription("share of the decisions that it makes, in [0, 1]")
        double share,

        @JsonPropertyDescription("since when, ISO 8601") Instant since) {

    public Canary {
        Check.atLeast("modelVersion", modelVersion, 1);
        Check.within("share", share, 0, 1);
    }
}
