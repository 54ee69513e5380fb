package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.kit.LoopDirectory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoopLimitsTest {
    private static final int LIMIT = 100;

    private final LoopDirectory loops = new LoopDirectory();
    private final AtomicLong nanos = new AtomicLong(-5);
    private final LoopLimits limits = new LoopLimits(loops, LIMIT, nanos::get);

    LoopLimitsTest() {
        loops.put(TestLoops.bandit("noisy", null, "a"));
        loops.put(TestLoops.bandit("quiet", null, "a"));
    }

    private int admitted(int calls) {
        int admitted = 0;
        for (int i = 0; i < calls; i++) {
            try {
                limits.admit("noisy");
                admitted++;
            } catch (TooManyCallsException e) {
                assertThat(e).hasMessage("must be at most 100 calls a second: loop=noisy");
                assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1));
            }
        }
        return admitted;
    }

    @Test
    void aNoisyLoopIsHeldBackAndAQuietOneIsNot() {
        assertThat(admitted(500)).isEqualTo(LIMIT);
        limits.admit("quiet");
        assertThatThrownBy(() -> limits.admit("noisy")).isInstanceOf(TooManyCallsException.class);
    }

    @Test
    void whatWasHeldBackIsAdmittedAtItsPace() {
        admitted(500);
        nanos.addAndGet(Duration.ofMillis(300).toNanos());
        assertThat(admitted(500)).isEqualTo(30);
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(admitted(500)).isEqualTo(LIMIT);
    }

    @Test
    void aLoopThatIsNotKnownIsForOthersToRefuse() {
        for (int i = 0; i < 1000; i++) {
            limits.admit("nobody");
        }
    }
}
