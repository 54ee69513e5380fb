package io.leeway.training;

import java.util.List;
import java.util.function.Consumer;

/** Events that wait to be written to Kafka: at least once each, and in order per type and key. */
public interface Outbox {
    /** Part of the caller's transaction. */
    void add(OutboxEvent event);

    /**
     * Gives the oldest event of each key to {@code send}, which returns when the broker has confirmed them all, and removes
     * them. Several instances may do so at once: none gets an event that another one holds.
     *
     * @return how many events were sent
     */
    int drain(int most, Consumer<List<OutboxEvent>> send);

    /** How many events wait. */
    long size();

    /** Told after a transaction that added events has committed. */
    record Filled() {}
}
