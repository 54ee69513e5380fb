package io.leeway.cli.bench;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for a broker's word. Stateless. */
final class Confirmed {
    private Confirmed() {}

    /** @throws IllegalStateException with what the broker said against it, or if the thread is interrupted */
    static <T> T await(Future<T> word) {
        try {
            return word.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
