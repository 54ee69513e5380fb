package io.leeway.training;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Executor;

/** Keeps what its last task cost: processor time, as a busy machine makes everything take long. Thread safe. */
final class CostlyExecutor implements Executor {
    private final Executor executor;
    private volatile long lastNanos;

    CostlyExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(() -> {
            long before = cpuNanos();
            task.run();
            lastNanos = cpuNanos() - before;
        });
    }

    /** Processor time of the last task that has ended. */
    long lastNanos() {
        return lastNanos;
    }

    /** Processor time of the calling thread. */
    static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
