package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** Part of a loop's snapshots, the newest first. */
public record SnapshotPage(
        @JsonPropertyDescription("snapshots, newest first") List<Snapshot> snapshots,

        @JsonPropertyDescription("what to give as after for the next page; absent on the last one")
        String next) {}
