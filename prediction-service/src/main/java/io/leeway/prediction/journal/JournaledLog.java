package io.leeway.prediction.journal;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Json;
import io.leeway.contracts.LogSettings.ConfirmedBy;
import io.leeway.contracts.Reward;
import io.leeway.contracts.TrainingEvent;
import io.leeway.kit.EventIds;
import io.leeway.kit.LoopDirectory;
import io.leeway.prediction.EventLog;
import io.leeway.prediction.EventTooLargeException;
import io.leeway.prediction.LogFullException;
import io.leeway.prediction.PredictionConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The log: an event is confirmed once it stands in the journal, or, where its loop says so, once the broker has it. Thread safe; never
 * blocks on the network.
 */
@Singleton
public class JournaledLog implements EventLog {
    /** As much as HTTP takes, headers and framing included; the topics take more. */
    static final int LARGEST_VALUE_BYTES = (4 << 20) - (64 << 10);

    private static final ThreadLocal<RecordBuffer> BUFFERS = ThreadLocal.withInitial(RecordBuffer::new);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Journal journal;
    private final Shipments shipments;
    private final LoopDirectory loops;
    private final EventIds ids;
    private final Clock clock;
    private final Duration retryAfter;

    public JournaledLog(
            Journal journal,
            Shipments shipments,
            LoopDirectory loops,
            EventIds ids,
            Clock clock,
            PredictionConfig config) {
        this.journal = journal;
        this.shipments = shipments;
        this.loops = loops;
        this.ids = ids;
        this.clock = clock;
        this.retryAfter = config.log().retryAfter();
    }

    @Override
    public CompletableFuture<?> append(Decision decision) {
        return append(EventType.DECISION, decision.loop(), decision.eventId(), decision.eventId(), decision);
    }

    @Override
    public CompletableFuture<?> append(Reward reward) {
        return append(EventType.REWARD, reward.loop(), reward.eventId(), reward.rewardId(), reward);
    }

    @Override
    public CompletableFuture<?> append(Activation activation) {
        return append(EventType.ACTIVATION, activation.loop(), activation.eventId(), ids.next(), activation);
    }

    @Override
    public CompletableFuture<?> append(TrainingEvent event) {
        return append(EventType.TRAINING_EVENT, event.loop(), event.loop(), event.trainingEventId(), event);
    }

    @Override
    public CompletableFuture<?> shipped() {
        return shipments.until(journal.end());
    }

    /** Whether the record is small enough for its topic. */
    public boolean takes(RecordBuffer record) {
        return record.valueLength() <= LARGEST_VALUE_BYTES;
    }

    /**
     * Appends what has been put together already, of a loop that does not wait for the broker.
     *
     * @throws JournalFullException at the journal's bound
     */
    public void append(RecordBuffer record) {
        record.appendTo(journal);
    }

    private CompletableFuture<?> append(EventType type, String loop, String key, String id, Object event) {
        RecordBuffer buffer = BUFFERS.get().begin(type, key, id, clock.millis());
        try {
            Json.mapper().writeValue(buffer, event);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be written as JSON: " + type, e);
        }
        return append(loop, buffer);
    }

    private CompletableFuture<?> append(String loop, RecordBuffer buffer) {
        if (!takes(buffer)) {
            return CompletableFuture.failedFuture(new EventTooLargeException(
                    "must be <= " + LARGEST_VALUE_BYTES + ": bytes=" + buffer.valueLength()));
        }
        try {
            long position = buffer.appendTo(journal);
            return waitsForBroker(loop) ? shipments.until(position) : DONE;
        } catch (JournalFullException e) {
            return CompletableFuture.failedFuture(new LogFullException(retryAfter, e));
        }
    }

    private boolean waitsForBroker(String loop) {
        return loops.find(loop)
                .filter(known -> known.settings().log().confirmedBy() == ConfirmedBy.BROKER)
                .isPresent();
    }
}
