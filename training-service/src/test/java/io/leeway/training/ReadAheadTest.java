package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    private static final int BATCH = 500;
    private static final long TOPIC = 100_000;
    private static final Duration WAIT = Duration.ofSeconds(20);

    /** A topic that has more than anybody takes. */
    private static final class Flood implements FeedbackStream.Reading {
        private final AtomicInteger polls = new AtomicInteger();
        private final AtomicLong given = new AtomicLong();
        private final AtomicInteger closed = new AtomicInteger();
        private final int fails;

        private Flood(int fails) {
            this.fails = fails;
        }

        @Override
        public List<FeedbackStream.Item> poll(Duration wait) {
            if (polls.incrementAndGet() == fails) {
                throw new IllegalStateException("the broker is gone");
            }
            given.addAndGet(BATCH);
            return Collections.nCopies(BATCH, new FeedbackStream.Item(0, 0, null));
        }

        @Override
        public long behind() {
            return TOPIC - given.get();
        }

        @Override
        public String topic() {
            return "flood";
        }

        @Override
        public boolean isAnother() {
            return false;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void whoeverLearnsTooSlowlyFallsBehindOnTheTopicAndNotInMemory() {
        Flood flood = new Flood(0);
        try (ReadAhead ahead = ReadAhead.of(flood, "flood")) {
            await().atMost(WAIT).until(() -> flood.polls.get() == 5);
            // Four wait, the fifth finds no room: it stays at that, however long nobody takes any.
            await().during(Duration.ofMillis(300)).atMost(WAIT).until(() -> flood.polls.get() == 5);
            assertThat(ahead.behind()).as("none has been learned").isEqualTo(TOPIC);
            assertThat(ahead.poll(WAIT)).hasSize(BATCH);
            await().atMost(WAIT).until(() -> flood.polls.get() == 6);
            await().atMost(WAIT).until(() -> ahead.behind() == TOPIC - BATCH);
        }
        assertThat(flood.closed).hasValue(1);
    }

    @Test
    void aFailureComesAfterWhatWasReadBeforeIt() {
        Flood flood = new Flood(3);
        try (ReadAhead ahead = ReadAhead.of(flood, "flood")) {
            await().atMost(WAIT).until(() -> flood.closed.get() == 1);
            assertThat(ahead.poll(WAIT)).hasSize(BATCH);
            assertThat(ahead.poll(WAIT)).hasSize(BATCH);
            assertThatThrownBy(() -> ahead.poll(Duration.ofMillis(1))).hasMessage("the broker is gone");
        }
        assertThat(flood.closed).hasValue(1);
    }
}
