package io.leeway.prediction.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** How far the journal has been shipped, and who waits for it. Thread safe. */
public final class Shipments {
    private final ConcurrentNavigableMap<Long, CompletableFuture<Void>> waiting = new ConcurrentSkipListMap<>();
    private volatile long position = Long.MIN_VALUE;
    private volatile Runnable hurry = () -> {};

    /** A future that succeeds once everything before {@code wanted} has been confirmed. */
    public CompletableFuture<Void> until(long wanted) {
        CompletableFuture<Void> done = waiting.computeIfAbsent(wanted, key -> new CompletableFuture<>());
        if (position >= wanted) {
            done.complete(null);
            waiting.remove(wanted);
        } else {
            hurry.run();
        }
        // A copy: a caller that gives up must not end the others' wait.
        return done.copy();
    }

    /** Everything before {@code confirmed} has been confirmed. */
    public void reached(long confirmed) {
        position = confirmed;
        var done = waiting.headMap(confirmed, true);
        while (!done.isEmpty()) {
            var first = done.pollFirstEntry();
            if (first != null) {
                first.getValue().complete(null);
            }
        }
    }

    public boolean anybodyWaits() {
        return !waiting.isEmpty();
    }

    /** Called when somebody begins to wait. */
    public void onWait(Runnable call) {
        hurry = call;
    }
}
