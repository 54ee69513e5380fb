package io.leeway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final RestartPolicy policy =
            new RestartPolicy(Duration.ofSeconds(1), Duration.ofSeconds(5), 4, Duration.ofMinutes(1));

    @Test
    void doublesThePauseUpToTheLongest() {
        assertThat(List.of(1, 2, 3, 4))
                .map(crashes ->
                        policy.pause(Collections.nCopies(crashes, NOW), NOW).orElseThrow())
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(5));
    }

    @Test
    void leavesDownWhatKeepsCrashing() {
        assertThat(policy.pause(Collections.nCopies(5, NOW), NOW)).isEmpty();
    }

    @Test
    void forgetsCrashesOfLongAgo() {
        List<Instant> old = Collections.nCopies(50, NOW.minusSeconds(60));
        assertThat(policy.pause(old, NOW)).contains(Duration.ofSeconds(1));
    }

    @Test
    void refusesAFirstPauseBeyondTheLongest() {
        assertThatThrownBy(() -> new RestartPolicy(Duration.ofSeconds(6), Duration.ofSeconds(5), 1, Duration.ZERO))
                .hasMessageContaining("first=PT6S");
    }
}
