package io.leeway.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
    @Test
    void knowsAProcessThatTookOverTheIdOfAnother() {
        ProcessIdentity own = ProcessIdentity.current();
        assertThat(own.alive()).isTrue();
        assertThat(new ProcessIdentity(own.pid(), own.started() + 1).alive()).isFalse();
    }

    @Test
    void doesNotTouchAProcessThatTookOverTheId() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            ProcessIdentity known = ProcessIdentity.of(stranger.toHandle());
            new ProcessIdentity(known.pid(), known.started() - 1).stop(Signal.TERM, Duration.ZERO);
            assertThat(stranger.isAlive()).isTrue();

            known.stop(Signal.INT, Duration.ofSeconds(5));
            assertThat(stranger.toHandle().isAlive()).isFalse();
            assertThat(known.alive()).isFalse();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void killsWhatDoesNotEndWhenAsked() throws IOException {
        Process stubborn = new ProcessBuilder("sh", "-c", "trap '' TERM; while :; do sleep 0.1; done").start();
        ProcessIdentity identity = ProcessIdentity.of(stubborn.toHandle());
        identity.stop(Signal.TERM, Duration.ofMillis(300));
        assertThat(stubborn.toHandle().isAlive()).isFalse();
    }
}
