package io.leeway.cli.client;

import java.util.List;

/** What became of imported history. */
public record ImportResult(long accepted, long duplicates, List<Rejected> rejected) {
    /** A line that could not be used, and why. */
    public record Rejected(long line, String reason) {}

    public ImportResult {
        rejected = rejected == null ? List.of() : List.copyOf(rejected);
    }
}
