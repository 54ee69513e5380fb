package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.RolloutMode;
import java.time.Instant;

/** How one version is, or was, rolled out. */
public record Rollout(
        @JsonPropertyDescription("the loop") String loop,

        @JsonPropertyDescription("the version that is tried")
        long modelVersion,

        @JsonPropertyDescription("the champion that it is compared with")
        long championVersion,

        @JsonPropertyDescription("canary, shadow or manual") RolloutMode mode,

        @JsonPropertyDescription("running, waiting, promoted, rolled-back or superseded")
        RolloutState state,

        @JsonPropertyDescription("step that it is at, from 1 on")
        int step,

        @JsonPropertyDescription("how many steps there are") int steps,

        @JsonPropertyDescription("share of the decisions that it makes at this step, in [0, 0.5]")
        double share,

        @JsonPropertyDescription("when it began, ISO 8601") Instant startedAt,

        @JsonPropertyDescription("when this step began, ISO 8601")
        Instant stepSince,

        @JsonPropertyDescription("when it ended, ISO 8601") Instant endedAt,

        @JsonPropertyDescription("what the rollout gate says so far, or said in the end")
        GateVerdict verdict) {}
