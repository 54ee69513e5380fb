package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.Map;

/** One named decision problem with its settings, as every service knows it. Key on its topic: the name. */
public record Loop(
        @JsonPropertyDescription("1 to 64 of a-z 0-9 . _ -") String name,

        @JsonPropertyDescription("counts the changes of this loop from 1 on")
        long revision,

        @JsonPropertyDescription("secret of the loop's random numbers; fixed when the loop is made")
        String salt,

        @JsonPropertyDescription("what a person sets") LoopSettings settings,

        @JsonPropertyDescription("present while an operator holds the loop still")
        Freeze freeze,

        @JsonPropertyDescription("present while a rollout tries a challenger")
        Canary canary,

        @JsonPropertyDescription("when the loop was made, ISO 8601")
        Instant createdAt,

        @JsonPropertyDescription("when this revision was made, ISO 8601")
        Instant updatedAt,

        @JsonAnySetter @JsonAnyGetter Map<String, Object> other) {

    public Loop {
        Check.loopName("name", name);
        Check.atLeast("revision", revision, 1);
        Check.id("salt", salt);
        Check.present("settings", settings);
        Check.present("createdAt", createdAt);
        Check.present("updatedAt", updatedAt);
        other = Check.copy(other);
    }

    /** A loop without a canary. */
    public Loop(
            String name,
            long revision,
            String salt,
            LoopSettings settings,
            Freeze freeze,
            Instant createdAt,
            Instant updatedAt,
            Map<String, Object> other) {
        this(name, revision, salt, settings, freeze, null, createdAt, updatedAt, other);
    }

    /** Share of the decisions that a challenger of this version makes: a rollout's for its own one, else what the settings say. */
    public double canaryShare(long challengerVersion) {
        if (canary == null) {
            return settings.serving().canaryShare();
        }
        return canary.modelVersion() == challengerVersion ? canary.share() : 0;
    }

    @JsonIgnore
    public LoopKind kind() {
        return settings.kind();
    }
}
