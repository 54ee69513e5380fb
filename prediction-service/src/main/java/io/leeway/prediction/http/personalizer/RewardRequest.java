package io.leeway.prediction.http.personalizer;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How an event turned out. */
public record RewardRequest(
        @JsonPropertyDescription("a finite number in the loop's reward range")
        Double value) {}
