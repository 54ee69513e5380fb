package io.leeway.training;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks again and again, on a daemon thread of its own, until it is stopped; a look that fails is told and followed by the next. Thread safe. */
final class RepeatedLook {
    private static final long STOP_SECONDS = 5;

    private final Runnable look;
    private final Duration pause;
    private final Consumer<RuntimeException> failed;
    private final Thread thread;
    private volatile boolean stopped;

    /**
     * Begins to look.
     *
     * @param name of the thread
     * @param pause between the end of a look and the next
     */
    RepeatedLook(String name, Duration pause, Runnable look, Consumer<RuntimeException> failed) {
        this.look = look;
        this.pause = pause;
        this.failed = failed;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Interrupts a look that goes on, and waits for its end for five seconds at most. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    }

    private void run() {
        try {
            while (!stopped) {
                lookOnce();
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookOnce() {
        try {
            look.run();
        } catch (RuntimeException e) {
            failed.accept(e);
        }
    }
}
