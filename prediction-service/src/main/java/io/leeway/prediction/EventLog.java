package io.leeway.prediction;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Reward;
import io.leeway.contracts.TrainingEvent;
import java.util.concurrent.CompletableFuture;

/**
 * The record of what happened. A future succeeds once the record will not be lost, and fails if that cannot be said: with {@link
 * LogFullException} if the log takes nothing now, with {@link EventTooLargeException} if it never will.
 */
public interface EventLog {
    CompletableFuture<?> append(Decision decision);

    CompletableFuture<?> append(Reward reward);

    CompletableFuture<?> append(Activation activation);

    CompletableFuture<?> append(TrainingEvent event);

    /** Succeeds once the broker has everything that was appended until now. */
    CompletableFuture<?> shipped();
}
