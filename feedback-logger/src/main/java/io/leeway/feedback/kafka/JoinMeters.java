package io.leeway.feedback.kafka;

import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Reward;
import io.leeway.feedback.FateKind;
import io.leeway.feedback.FeedbackRevision;
import io.leeway.feedback.JoinState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the join of this instance has done since it started. A transaction that is done again is counted again: the exact numbers
 * are those of the database. Thread safe.
 */
@Singleton
class JoinMeters {
    /** From what the join needs itself to what a reward may take. */
    private static final Duration[] BUCKETS = Stream.of(
                    "PT0.1S", "PT0.25S", "PT0.5S", "PT1S", "PT2S", "PT5S", "PT30S", "PT2M", "PT10M", "PT1H", "PT6H",
                    "P1D", "P7D")
            .map(Duration::parse)
            .toArray(Duration[]::new);

    private final MeterRegistry meters;

    /** Looking a meter up in the registry costs more than counting. */
    private final Map<Name, Counter> counters = new ConcurrentHashMap<>();

    private final Map<Name, Timer> timers = new ConcurrentHashMap<>();

    private record Name(String name, String loop) {}

    JoinMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void closed(JoinState before, FeedbackRevision feedback, Instant now) {
        count(before.loop(), name(feedback.status()));
        if (feedback.revision() > 1) {
            return;
        }
        Instant waitEnds = before.decision().time().plus(before.settings().rewardWait());
        Instant couldBeSaid = waitEnds.isAfter(before.arrivedAt()) ? waitEnds : before.arrivedAt();
        record("leeway.feedback.join.delay", before.loop(), Duration.between(couldBeSaid, now));
        for (Reward reward : feedback.rewards()) {
            Duration latency = Duration.between(before.decision().time(), reward.time());
            record("leeway.feedback.reward.latency", before.loop(), latency);
        }
    }

    void fated(String loop, FateKind kind) {
        count(loop, name(kind));
    }

    private void count(String loop, String name) {
        counters.computeIfAbsent(
                        new Name(name, loop),
                        key -> meters.counter("leeway.feedback." + key.name(), "loop", key.loop()))
                .increment();
    }

    private void record(String name, String loop, Duration duration) {
        timers.computeIfAbsent(new Name(name, loop), key -> Timer.builder(key.name())
                        .tag("loop", key.loop())
                        .publishPercentiles(0.5, 0.99)
                        .serviceLevelObjectives(BUCKETS)
                        .register(meters))
                .record(duration.isNegative() ? Duration.ZERO : duration);
    }

    private static String name(FeedbackStatus status) {
        return switch (status) {
            case MATCHED -> "matched";
            case DEFAULTED -> "defaulted";
            case CORRECTED -> "corrected";
        };
    }

    private static String name(FateKind kind) {
        return switch (kind) {
            case COUNTED -> "taken.back";
            case LATE -> "late";
            case DUPLICATE -> "duplicate";
            case ORPHAN -> "orphan";
            case UNKNOWN_SLOT -> "unknown.slot";
            case EXCESS -> "excess";
            case LATE_ACTIVATION -> "late.activation";
            case NEVER_ACTIVATED -> "never.activated";
            case CONFLICTING -> "conflicting";
            case DEAD_LETTERED -> "dead.lettered";
        };
    }
}
