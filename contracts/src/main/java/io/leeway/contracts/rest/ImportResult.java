package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What became of the lines of an import. accepted + duplicates + rejectedLines = lines that are not blank. */
public record ImportResult(
        @JsonPropertyDescription("lines that are in the log now")
        long accepted,

        @JsonPropertyDescription("lines with an event id that was there already, or earlier in this import")
        long duplicates,

        @JsonPropertyDescription("lines that cannot be used")
        long rejectedLines,

        @JsonPropertyDescription("which and why, in order; only the first ones where there are very many")
        List<RejectedLine> rejected) {

    /** One line that cannot be used. */
    public record RejectedLine(
            @JsonPropertyDescription("number of the line, from 1 on")
            long line,

            @JsonPropertyDescription("constraint and the value that breaks it")
            String reason) {}
}
