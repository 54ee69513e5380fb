package io.leeway.feedback.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final TopicPartition SOURCE = new TopicPartition("decisions", 0);
    private static final TopicPartition REPARTITION = new TopicPartition("by-event", 0);

    private final Rounds rounds = new Rounds();
    private int second;

    @Test
    void saysNothingBeforeBothHopsAreCommitted() {
        assertThat(look(0, 0, 10, 0)).isEqualTo(Instant.MIN);
        assertThat(look(9, 0, 10, 8)).isEqualTo(Instant.MIN);
        // The source is done; what it has left on the repartition topic is not.
        assertThat(look(10, 8, 10, 9)).isEqualTo(Instant.MIN);
        assertThat(look(10, 8, 10, 9)).isEqualTo(Instant.MIN);
        // The third look began before its source's end was known to be committed, like the two before it.
        assertThat(look(10, 9, 10, 9)).isEqualTo(START.plusSeconds(2));
    }

    @Test
    void theEndOfTheRepartitionTopicIsThatOfAfterTheSourceWasCommitted() {
        look(0, 0, 1, 0);
        // Committed up to an old end of the repartition topic, while the source's last record is on its way through it.
        assertThat(look(1, 5, 1, 6)).isEqualTo(Instant.MIN);
        assertThat(look(1, 5, 1, 6)).isEqualTo(Instant.MIN);
        assertThat(look(1, 6, 1, 6)).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void roundsOverlap() {
        for (int i = 0; i < 100; i++) {
            look(i, i, i, i);
        }
        assertThat(look(100, 100, 100, 100)).isEqualTo(START.plusSeconds(98));
    }

    @Test
    void aStalledPartitionHoldsEverythingBackAndIsCaughtUpWith() {
        look(0, 0, 0, 0);
        look(0, 0, 0, 0);
        look(0, 0, 0, 0);
        Instant before = look(0, 0, 1, 0);
        Instant known = before;
        for (int i = 0; i < 1000; i++) {
            known = look(0, 0, 1, 0);
        }
        assertThat(known).isBefore(START.plusSeconds(4));
        look(1, 0, 1, 1);
        look(1, 1, 1, 1);
        look(1, 1, 1, 1);
        assertThat(look(1, 1, 1, 1)).isAfter(START.plusSeconds(1000));
    }

    private Instant look(long sourceCommitted, long repartitionCommitted, long sourceEnd, long repartitionEnd) {
        return rounds.look(
                START.plusSeconds(second++),
                Map.of(SOURCE, sourceCommitted, REPARTITION, repartitionCommitted),
                Map.of(SOURCE, sourceEnd),
                Map.of(REPARTITION, repartitionEnd));
    }
}
