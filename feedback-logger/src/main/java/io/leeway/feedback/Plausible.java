package io.leeway.feedback;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Reward;
import io.leeway.kit.UnusableEventException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What the contract allows but nobody can mean, or no database can store. Thread safe. */
@Singleton
public class Plausible {
    /** A clock that was never set says 1970. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private final Clock clock;
    private final Duration clockAhead;

    Plausible(Clock clock, FeedbackLoggerConfig config) {
        this.clock = clock;
        this.clockAhead = config.intake().clockAhead();
    }

    /** @throws UnusableEventException naming field and value */
    public void check(Decision decision) {
        text("eventId", decision.eventId());
        decision.slots().forEach(slot -> {
            text("slots.name", slot.name());
            text("slots.action", slot.action());
        });
        time(decision.time());
    }

    /** @throws UnusableEventException naming field and value */
    public void check(Reward reward) {
        text("eventId", reward.eventId());
        text("rewardId", reward.rewardId());
        text("slot", reward.slot());
        time(reward.time());
    }

    /** @throws UnusableEventException naming field and value */
    public void check(String eventId, Instant time) {
        text("eventId", eventId);
        time(time);
    }

    private void time(Instant time) {
        if (time.isBefore(EARLIEST)) {
            throw new UnusableEventException("must not be before " + EARLIEST + ": time=" + time);
        }
        if (time.isAfter(clock.instant().plus(clockAhead))) {
            throw new UnusableEventException("must not be more than " + clockAhead + " ahead: time=" + time);
        }
    }

    /** PostgreSQL's text has no NUL, and UTF-8 no half of a surrogate pair; JSON can write both. */
    private static void text(String field, String text) {
        if (text == null) {
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw new UnusableEventException(
                        "must not contain NUL or half of a surrogate pair: " + field + "[" + i + "]");
            }
        }
    }
}
