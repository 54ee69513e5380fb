package io.leeway.training;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** What a job does beside its own thread. Threads are daemons, made as needed and given up when idle. */
final class Beside {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "beside-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    private Beside() {}

    static <T> Future<T> start(Callable<T> task) {
        return THREADS.submit(task);
    }

    /** Its result, or its failure as if it had been called here. */
    static <T> T join(Future<T> started) throws InterruptedException {
        try {
            return started.get();
        } catch (InterruptedException e) {
            started.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
