package io.leeway.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How often and after what pause a crashed process is started again: pauses double, and a process that keeps crashing is
 * left down.
 *
 * @param first pause after the first crash
 * @param longest pause
 * @param attempts crashes within the window after which it stays down
 * @param window crashes longer ago are forgotten
 */
public record RestartPolicy(Duration first, Duration longest, int attempts, Duration window) {
    public static final RestartPolicy DEFAULT =
            new RestartPolicy(Duration.ofMillis(500), Duration.ofSeconds(15), 6, Duration.ofMinutes(5));

    public RestartPolicy {
        if (first.isNegative() || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException("must be in [0, " + longest + "]: first=" + first);
        }
        if (attempts < 0) {
            throw new IllegalArgumentException("must be >= 0: attempts=" + attempts);
        }
    }

    /**
     * The pause before the next start, or nothing if the process is to stay down.
     *
     * @param crashes times of all crashes, the newest included
     */
    public Optional<Duration> pause(List<Instant> crashes, Instant now) {
        long recent = crashes.stream()
                .filter(crash -> crash.isAfter(now.minus(window)))
                .count();
        if (recent > attempts) {
            return Optional.empty();
        }
        Duration pause = first;
        for (long crash = 1; crash < recent && pause.compareTo(longest) < 0; crash++) {
            pause = pause.multipliedBy(2);
        }
        return Optional.of(pause.compareTo(longest) < 0 ? pause : longest);
    }
}
