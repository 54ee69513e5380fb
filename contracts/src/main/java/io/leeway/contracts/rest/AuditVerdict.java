package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/** Whether a loop's audit log is as it was written. */
public record AuditVerdict(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("whether every chain is whole, and holds the head that was asked for")
        boolean intact,

        @JsonPropertyDescription("when it was looked at, ISO 8601")
        Instant at,

        @JsonPropertyDescription("the log and the history of roles, each a chain of its own")
        List<Chain> chains) {
    /** Entries of which each holds the hash of the one before. */
    public record Chain(
            @JsonPropertyDescription("audit or roles") String name,

            @JsonPropertyDescription("how many entries there are")
            long entries,

            @JsonPropertyDescription(
                    "hash of the last entry, hex; noted elsewhere, it shows later that nothing up to it is missing or changed")
            String head,

            @JsonPropertyDescription("position of the first entry that does not fit; absent if all do")
            Long brokenAt,

            @JsonPropertyDescription("what does not fit, in words; absent if all does")
            String reason) {}
}
