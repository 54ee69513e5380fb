package io.leeway.prediction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Loop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnswerRingTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int MEGABYTE = 1 << 20;

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Loop films = TestLoops.bandit("films", null, "a", "b");
    private final Loop songs = TestLoops.bandit("songs", null, "a", "b");

    private AnswerRing ring(int megabytes) {
        return new AnswerRing((long) megabytes * MEGABYTE, MINUTE, nanos::get);
    }

    private static byte[] answer(Loop loop, String eventId, int size) {
        String text = "{\"loop\":\"" + loop.name() + "\",\"eventId\":\"" + eventId
                + "\",\"action\":\"a\",\"probability\":0.5,\"ranking\":[{\"action\":\"a\",\"probability\":0.5},"
                + "{\"action\":\"b\",\"probability\":0.5}],\"modelVersion\":7,\"policy\":\"uniform\","
                + "\"time\":\"2026-01-01T00:00:00Z\"}";
        return (text + " ".repeat(Math.max(0, size - text.length()))).getBytes(UTF_8);
    }

    @Test
    void givesBackWhatWasPut() {
        AnswerRing ring = ring(1);
        assertThat(ring.put(films, "e1", 42, true, answer(films, "e1", 0))).isTrue();
        Remembered found = ring.find("films", "e1");
        assertThat(found.answers(new RequestDigest(42))).isTrue();
        assertThat(found.answers(new RequestDigest(43))).isFalse();
        assertThat(found.isLogged()).isTrue();
        assertThat(found.decision().eventId()).isEqualTo("e1");
        assertThat(found.decision().loopRevision()).isEqualTo(films.revision());
        assertThat(found.decision().modelVersion()).isEqualTo(7);
        assertThat(found.decision().deferred()).isTrue();
        assertThat(found.decision().slots().get(0).action()).isEqualTo("a");
    }

    @Test
    void loopsHaveEventIdsOfTheirOwn() {
        AnswerRing ring = ring(1);
        ring.put(films, "e1", 1, false, answer(films, "e1", 0));
        assertThat(ring.find("songs", "e1")).isNull();
        ring.put(songs, "e1", 2, false, answer(songs, "e1", 0));
        assertThat(ring.find("films", "e1").answers(new RequestDigest(1))).isTrue();
        assertThat(ring.find("songs", "e1").answers(new RequestDigest(2))).isTrue();
    }

    @Test
    void forgetsWhatIsOldOrUnwanted() {
        AnswerRing ring = ring(1);
        ring.put(films, "old", 1, false, answer(films, "old", 0));
        ring.put(films, "unwanted", 1, false, answer(films, "unwanted", 0));
        ring.forget("films", "unwanted");
        assertThat(ring.find("films", "unwanted")).isNull();
        nanos.addAndGet(MINUTE);
        assertThat(ring.find("films", "old")).isNotNull();
        nanos.addAndGet(1);
        assertThat(ring.find("films", "old")).isNull();
    }

    @Test
    void leavesLongAnswersToOthers() {
        AnswerRing ring = ring(1);
        assertThat(ring.put(films, "long", 1, false, answer(films, "long", 100_000)))
                .isFalse();
        assertThat(ring.find("films", "long")).isNull();
    }

    /** 8 MiB for answers of 1 to 3 kB: the last 2,000 of 20,000 must be there, and none may be mistaken for another. */
    @Test
    void keepsTheLatestWhenItRunsOutOfRoom() {
        AnswerRing ring = ring(8);
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Long> put = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String eventId = "event-" + i;
            ring.put(films, eventId, i, false, answer(films, eventId, random.nextInt(1_000, 3_000)));
            put.put(eventId, (long) i);
        }
        int there = 0;
        int latest = 0;
        for (Map.Entry<String, Long> entry : put.entrySet()) {
            Remembered found = ring.find("films", entry.getKey());
            if (found != null) {
                there++;
                latest += entry.getValue() >= 18_000 ? 1 : 0;
                assertThat(found.answers(new RequestDigest(entry.getValue()))).isTrue();
                assertThat(found.decision().eventId()).isEqualTo(entry.getKey());
            }
        }
        assertThat(latest).isGreaterThanOrEqualTo(1_990);
        assertThat(there).isBetween(2_500, 4_400);
    }
}
