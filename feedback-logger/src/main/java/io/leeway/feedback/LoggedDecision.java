package io.leeway.feedback;

import io.leeway.contracts.Decision;
import io.leeway.contracts.SlotDecision;
import java.time.Instant;

/**
 * A decision as it is to be stored: what has a column of its own, and the document.
 *
 * @param action chosen in the slot main, or in the first one; null in a regression loop
 * @param body as it was logged
 * @param position of its record; null where it came by another way
 */
public record LoggedDecision(
        String loop,
        String eventId,
        Instant time,
        long modelVersion,
        String action,
        boolean deferred,
        String body,
        Position position) {
    public static LoggedDecision of(Decision decision, String body, Position position) {
        return new LoggedDecision(
                decision.loop(),
                decision.eventId(),
                decision.time(),
                decision.modelVersion(),
                action(decision),
                decision.deferred(),
                body,
                position);
    }

    public LoggedDecision withBody(String other) {
        return new LoggedDecision(loop, eventId, time, modelVersion, action, deferred, other, position);
    }

    private static String action(Decision decision) {
        return decision.slots().stream()
                .filter(slot -> slot.name().equals(SlotDecision.MAIN))
                .findFirst()
                .or(() -> decision.slots().stream().findFirst())
                .map(SlotDecision::action)
                .orElse(null);
    }
}
