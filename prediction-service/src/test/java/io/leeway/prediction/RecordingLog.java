package io.leeway.prediction;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Reward;
import io.leeway.contracts.TrainingEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log in memory whose word can be delayed or refused. */
final class RecordingLog implements EventLog {
    final List<Object> events = new CopyOnWriteArrayList<>();
    volatile CompletableFuture<Void> word = CompletableFuture.completedFuture(null);

    @Override
    public CompletableFuture<?> append(Decision decision) {
        return record(decision);
    }

    @Override
    public CompletableFuture<?> append(Reward reward) {
        return record(reward);
    }

    @Override
    public CompletableFuture<?> append(Activation activation) {
        return record(activation);
    }

    @Override
    public CompletableFuture<?> append(TrainingEvent event) {
        return record(event);
    }

    @Override
    public CompletableFuture<?> shipped() {
        return word.copy();
    }

    private CompletableFuture<?> record(Object event) {
        events.add(event);
        return word.copy();
    }
}
