package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.SlotDecision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Of several decisions that were made for one event id the first is kept, and whoever comes later is given that one. */
class RememberedDecisionsTest {
    private static final String LOOP = "films";
    private static final int KEEPERS = 4;
    private static final int EVENTS = 5_000;
    private static final RequestDigest DIGEST = RequestDigest.of(Requests.of("any", Map.of("x", 1)));

    /** Runs once, the next time that the clock is read: in the middle of what reads it. */
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>();

    private final RememberedDecisions remembered =
            new RememberedDecisions(ConfigForTests.defaults().remembered(), this::nanos);

    private long nanos() {
        Runnable once = meanwhile.getAndSet(null);
        if (once != null) {
            once.run();
        }
        return 0;
    }

    /** The model version tells who made it. */
    private static Decision decision(String eventId, long maker) {
        SlotDecision slot =
                new SlotDecision(SlotDecision.MAIN, List.of(new ActionProbability("a", 1.0, null)), "a", 1.0, 0.5);
        return Decision.builder(LOOP, eventId, LoopKind.BANDIT, TestLoops.NOW)
                .context(Map.of("x", 1))
                .slots(List.of(slot))
                .modelVersion(maker)
                .policy("uniform")
                .build();
    }

    private long maker(String eventId) {
        return remembered.find(LOOP, eventId).decision().modelVersion();
    }

    @Test
    void whoLostTheRaceIsGivenWhatTheFirstHasKept() {
        assertThat(remembered.find(LOOP, "e1")).isNull();
        Remembered first = remembered.keep(DIGEST, decision("e1", 1));
        Remembered second = remembered.keep(DIGEST, decision("e1", 2));
        assertThat(second).isSameAs(first);
        assertThat(maker("e1")).isEqualTo(1);
    }

    @Test
    void whoComesWhileTheFirstIsStillKeepingIsGivenItToo() {
        List<Remembered> second = new ArrayList<>();
        meanwhile.set(() -> second.add(remembered.keep(DIGEST, decision("e1", 2))));
        Remembered first = remembered.keep(DIGEST, decision("e1", 1));
        assertThat(second).containsExactly(first);
        assertThat(maker("e1")).isEqualTo(1);
    }

    @Test
    void whatIsClaimedForTheLogIsGivenToWhoKeepsMeanwhileAndAfterwards() {
        byte[] answer = "{\"action\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        Remembered mine = Remembered.ofAnswer(DIGEST, 1, () -> decision("e1", 1));
        assertThat(remembered.claim(LOOP, "e1", mine)).isTrue();
        assertThat(remembered.claim(LOOP, "e1", Remembered.ofAnswer(DIGEST, 1, () -> decision("e1", 2))))
                .isFalse();
        assertThat(remembered.keep(DIGEST, decision("e1", 3))).isSameAs(mine);
        mine.logged();
        remembered.settle(TestLoops.bandit(LOOP, null, "a"), "e1", mine, false, answer);
        Remembered later = remembered.keep(DIGEST, decision("e1", 4));
        assertThat(later.isLogged()).isTrue();
        assertThat(remembered.claim(LOOP, "e1", Remembered.ofAnswer(DIGEST, 1, () -> decision("e1", 5))))
                .isFalse();
    }

    @Test
    void keepersAtOnceAgreeOnEveryEvent() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(KEEPERS);
        CyclicBarrier together = new CyclicBarrier(KEEPERS);
        List<Future<List<Remembered>>> given = new ArrayList<>();
        try {
            for (int keeper = 1; keeper <= KEEPERS; keeper++) {
                long maker = keeper;
                given.add(threads.submit(() -> {
                    together.await();
                    List<Remembered> mine = new ArrayList<>();
                    for (int i = 0; i < EVENTS; i++) {
                        mine.add(remembered.keep(DIGEST, decision("e" + i, maker)));
                    }
                    return mine;
                }));
            }
            for (int i = 0; i < EVENTS; i++) {
                Remembered kept = remembered.find(LOOP, "e" + i);
                for (Future<List<Remembered>> each : given) {
                    assertThat(each.get().get(i)).isSameAs(given.get(0).get().get(i));
                }
                assertThat(kept == null || kept == given.get(0).get().get(i)).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        for (int i = 0; i < EVENTS; i++) {
            assertThat(remembered.find(LOOP, "e" + i))
                    .isSameAs(given.get(0).get().get(i));
        }
    }
}
