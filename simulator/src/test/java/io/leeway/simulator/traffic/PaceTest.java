package io.leeway.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void spacesRequestsEvenly() {
        Pace pace = new Pace(100, 0);
        List<Long> due = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            due.add(pace.due(0));
        }
        assertThat(due).containsExactly(0L, SECOND / 100, SECOND / 50, 3 * SECOND / 100, SECOND / 25);
    }

    @Test
    void doesNotMakeUpForLostTimeBeyondAShortBurst() {
        Pace pace = new Pace(100, 0);
        pace.due(0);
        long late = 10 * SECOND;
        long already = 0;
        for (int i = 0; i < 1000; i++) {
            if (pace.due(late) <= late) {
                already++;
            }
        }
        assertThat(already).isBetween(1L, 26L);
    }

    @Test
    void hasNoBoundAtAnInfiniteRate() {
        Pace pace = new Pace(Double.POSITIVE_INFINITY, 0);
        assertThat(List.of(pace.due(5), pace.due(5), pace.due(7))).allMatch(due -> due <= 7);
    }

    @Test
    void noMomentIsBegunWhileTheTrafficIsHeld() throws InterruptedException {
        AtomicBoolean held = new AtomicBoolean(true);
        AtomicLong asked = new AtomicLong();
        AtomicLong begunWhileHeld = new AtomicLong();
        try (Workers workers = new Workers(TrafficOptions.defaults().withWorkers(2), 0)) {
            workers.holdWhile(() -> {
                boolean hold = asked.incrementAndGet() < 20;
                if (!hold) {
                    held.set(false);
                }
                return hold;
            });
            List<Account> done = workers.run(10, () -> false, moment -> {
                if (held.get()) {
                    begunWhileHeld.incrementAndGet();
                }
                return new PredictionAccount(
                        moment, "held", "e" + moment, Instant.EPOCH, 0, 1, Account.Fate.DONE, "", 0, 0);
            });
            assertThat(done).hasSize(10);
        }
        assertThat(asked.get()).isGreaterThanOrEqualTo(20);
        assertThat(begunWhileHeld.get()).isZero();
    }
}
