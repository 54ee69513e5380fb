package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSeverity;
import io.leeway.contracts.DriftState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is told of a check of inputs: suspected by one check, detected by the next, resolved by one that finds nothing. */
final class InputEvents {
    private InputEvents() {}

    /** @param news whether the check is of enough decisions that the one before had not */
    static Optional<Drift> of(Standing standing, InputCheck check, DriftKind kind, boolean news, Occasion occasion) {
        if (check.drifted() && standing.suspected() && !news) {
            return Optional.empty();
        }
        return check.drifted()
                ? standing.found((state, id, since) -> event(check, kind, state, id, since, occasion), occasion)
                : standing.end(check.sentence(), occasion);
    }

    private static Drift event(
            InputCheck check, DriftKind kind, DriftState state, String driftId, Instant since, Occasion occasion) {
        return new Drift(
                driftId,
                occasion.loop(),
                occasion.now(),
                state,
                kind,
                occasion.modelVersion(),
                InputCheck.TEST,
                check.largest().statistic(),
                check.smallestPValue(),
                check.largest().effect(),
                since == null ? check.window().from() : since,
                occasion.events(),
                check.sentence(),
                severity(check, state),
                check.window(),
                check.reference(),
                null,
                check.moved(),
                Map.of("checks", check.checks(), "level", check.level()));
    }

    private static DriftSeverity severity(InputCheck check, DriftState state) {
        if (state == DriftState.SUSPECTED) {
            return DriftSeverity.LOW;
        }
        return DataQuality.isGrave(check.checks()) ? DriftSeverity.HIGH : DriftSeverity.MEDIUM;
    }

    /** All that lasts of these. */
    static List<Drift> active(Standing... standings) {
        return List.of(standings).stream()
                .flatMap(standing -> standing.active().stream())
                .toList();
    }
}
