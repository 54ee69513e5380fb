package io.leeway.prediction.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.Freeze;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopSettings;
import java.time.Instant;

/** A loop without its salt, which is nobody's business: whoever has it can foresee decisions. */
public record LoopAnswer(
        @JsonPropertyDescription("name of the loop") String name,

        @JsonPropertyDescription("counts the changes of the loop from 1 on")
        long revision,

        @JsonPropertyDescription("what a person sets") LoopSettings settings,

        @JsonPropertyDescription("present while an operator holds the loop still")
        Freeze freeze,

        @JsonPropertyDescription("when the loop was made, ISO 8601")
        Instant createdAt,

        @JsonPropertyDescription("when this revision was made, ISO 8601")
        Instant updatedAt) {

    static LoopAnswer of(Loop loop) {
        return new LoopAnswer(
                loop.name(), loop.revision(), loop.settings(), loop.freeze(), loop.createdAt(), loop.updatedAt());
    }
}
