package io.leeway.training;

import io.leeway.contracts.RolloutMode;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.Rollout;
import io.leeway.contracts.rest.RolloutState;
import io.leeway.core.promotion.CanaryPlan;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One version's rollout as the registry keeps it.
 *
 * @param id given by the registry; 0 before that
 * @param champion version that it is compared with
 * @param step from 0 on
 * @param comparison saved state of the live comparison
 * @param offsets of the feedback topic by partition, up to which feedback is in the comparison
 * @param endedAt null while it goes on
 */
public record VersionRollout(
        long id,
        String loop,
        long version,
        long champion,
        RolloutMode mode,
        RolloutState state,
        int step,
        CanaryPlan plan,
        Map<String, Object> comparison,
        Map<Integer, Long> offsets,
        GateVerdict verdict,
        Instant startedAt,
        Instant stepSince,
        Instant endedAt) {
    public VersionRollout {
        offsets = new TreeMap<>(offsets);
    }

    boolean goesOn() {
        return state == RolloutState.RUNNING || state == RolloutState.WAITING;
    }

    VersionRollout with(Map<String, Object> newComparison, Map<Integer, Long> newOffsets, GateVerdict newVerdict) {
        return new VersionRollout(
                id,
                loop,
                version,
                champion,
                mode,
                state,
                step,
                plan,
                newComparison,
                newOffsets,
                newVerdict,
                startedAt,
                stepSince,
                endedAt);
    }

    VersionRollout nextStep(Instant now) {
        return new VersionRollout(
                id,
                loop,
                version,
                champion,
                mode,
                state,
                step + 1,
                plan,
                comparison,
                offsets,
                verdict,
                startedAt,
                now,
                endedAt);
    }

    VersionRollout ended(RolloutState end, GateVerdict last, Instant now) {
        return new VersionRollout(
                id,
                loop,
                version,
                champion,
                mode,
                end,
                step,
                plan,
                comparison,
                offsets,
                last,
                startedAt,
                stepSince,
                now);
    }

    /** As REST shows it. */
    public Rollout toRest() {
        return new Rollout(
                loop,
                version,
                champion,
                mode,
                state,
                step + 1,
                plan.steps(),
                goesOn() ? plan.share(step) : 0,
                startedAt,
                stepSince,
                endedAt,
                verdict);
    }
}
