package io.leeway.drift;

import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Questions to a watch from outside of its stream; the stream's thread answers them between two events. Thread safe. */
@Singleton
public class Asks {
    private static final long PATIENCE_SECONDS = 10;

    private final Map<String, Queue<Ask<?>>> byLoop = new ConcurrentHashMap<>();

    /** Looks at a watch; it must not change it. */
    public interface Look<T> {
        T at(LoopWatch watch, InputWindow window, Instant now);
    }

    /**
     * A question of one loop's watch.
     *
     * @param event taken in first; null where there is none
     */
    public record Ask<T>(WatchEvent event, Look<T> look, CompletableFuture<T> answer) {
        public void answer(LoopWatch watch, InputWindow window, Instant now) {
            try {
                answer.complete(look.at(watch, window, now));
            } catch (RuntimeException e) { // It is the asker's.
                answer.completeExceptionally(e);
            }
        }
    }

    /** Waits for the answer. */
    <T> T look(String loop, Look<T> look) {
        return after(loop, null, look);
    }

    /** Lets the watch take in an event, then looks; waits for the answer. */
    <T> T after(String loop, WatchEvent event, Look<T> look) {
        Ask<T> ask = new Ask<>(event, look, new CompletableFuture<>());
        byLoop.computeIfAbsent(loop, name -> new ConcurrentLinkedQueue<>()).add(ask);
        try {
            return ask.answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw busy(loop);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(loop);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            byLoop.computeIfPresent(loop, (name, asks) -> {
                asks.remove(ask);
                return asks.isEmpty() ? null : asks;
            });
        }
    }

    private static ProblemException busy(String loop) {
        return new ProblemException(ProblemType.UNAVAILABLE, "is busy and did not look in time: loop=" + loop);
    }

    /** What waits for a loop's watch; for whoever holds it. */
    public List<Ask<?>> take(String loop) {
        Queue<Ask<?>> asks = byLoop.get(loop);
        List<Ask<?>> taken = new ArrayList<>();
        if (asks != null) {
            for (Ask<?> ask = asks.poll(); ask != null; ask = asks.poll()) {
                if (!ask.answer().isDone()) {
                    taken.add(ask);
                }
            }
        }
        return taken;
    }
}
