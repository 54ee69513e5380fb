package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.contracts.Loop;
import io.leeway.contracts.ServingSettings;
import io.leeway.kit.LoopDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoopLimitsTest {
    private static final int LIMIT = 100;

    private final LoopDirectory loops = new LoopDirectory();
    private final AtomicLong nanos = new AtomicLong(-5);
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final LoopLimits limits = new LoopLimits(loops, LIMIT, nanos::get, meters);

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
        assertThat(meters.counter("leeway.calls.refused", "loop", "noisy").count())
                .isEqualTo(400);
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

    @Test
    void aLoopMaySayHowOftenItIsCalledAndChangeItsMind() {
        Loop noisy = loops.get("noisy");
        admitted(500);
        loops.put(TestLoops.serving(noisy, new ServingSettings(null, null, 10, null)));
        nanos.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(refusedOf(500, "must be at most 10 calls a second: loop=noisy"))
                .isEqualTo(495);
        loops.put(TestLoops.serving(noisy, ServingSettings.DEFAULT));
        nanos.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(admitted(500)).isEqualTo(50);
    }

    @Test
    void severalCallsAtOnceAreAdmittedTogetherOrNotAtAll() {
        limits.admit("noisy", 60);
        assertThatThrownBy(() -> limits.admit("noisy", 50))
                .isInstanceOf(TooManyCallsException.class)
                .hasMessage("must be at most 100 calls a second, of which this is 50: loop=noisy");
        assertThat(admitted(500)).isEqualTo(40);
    }

    private int refusedOf(int calls, String reason) {
        int refused = 0;
        for (int i = 0; i < calls; i++) {
            try {
                limits.admit("noisy");
            } catch (TooManyCallsException e) {
                assertThat(e).hasMessage(reason);
                refused++;
            }
        }
        return refused;
    }
}
