package io.leeway.cli.bench;

import io.leeway.cli.bench.IngestResult.Restart;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Kills the logger while it holds open decisions, and times how it comes back while decisions go on being made. */
final class RestartRun {
    private static final Duration LONG_WAIT = Duration.ofHours(6);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long BETWEEN_DECISIONS_NANOS = 10_000_000;
    private static final long BETWEEN_LOOKS_NANOS = 250_000_000;

    private final LoggerUnderTest logger;
    private final Consumer<String> tell;

    RestartRun(LoggerUnderTest logger, Consumer<String> tell) {
        this.logger = logger;
        this.tell = tell;
    }

    /** @param open decisions that the join holds when it is killed */
    Restart run(long open) {
        logger.loop("open", LONG_WAIT);
        logger.loop("probe", WAIT);
        IngestLoad load = new IngestLoad(logger, new IngestEvents("open"));
        tell.accept(String.format(Locale.ROOT, "%,d decisions that stay open", open));
        long begin = System.nanoTime();
        load.open(open);
        IngestLoad probe = new IngestLoad(logger, new IngestEvents("probe"));
        // Whatever was sent before this one has been joined when it has.
        probe.one(true);
        probe.rewardAll();
        probe.awaitStored();
        tell.accept(
                String.format(Locale.ROOT, "held after %.0f s; killing the logger", (System.nanoTime() - begin) / 1e9));
        return kill(open, probe);
    }

    private Restart kill(long open, IngestLoad probe) {
        long before = logger.stored("probe");
        long begin = System.nanoTime();
        logger.kill();
        sendUntil(probe, () -> !logger.ready());
        sendUntil(probe, logger::ready);
        double ready = secondsSince(begin);
        tell("ready again", ready);
        long sentUntilReady = probe.sent();
        sendUntil(probe, () -> logger.stored("probe") > before);
        double running = secondsSince(begin);
        tell("joining again", running);
        sendUntil(probe, () -> logger.stored("probe") > sentUntilReady);
        double caughtUp = secondsSince(begin);
        tell("caught up", caughtUp);
        probe.rewardAll();
        probe.awaitStored();
        return new Restart(open, probe.sent() - before, ready, running, caughtUp);
    }

    private static void sendUntil(IngestLoad load, BooleanSupplier condition) {
        long begin = System.nanoTime();
        for (long looks = 0; ; ) {
            long now = System.nanoTime();
            if (now - begin >= looks * BETWEEN_LOOKS_NANOS) {
                looks++;
                if (condition.getAsBoolean()) {
                    return;
                }
                if (now - begin > PATIENCE.toNanos()) {
                    throw new IllegalStateException("must come back within " + PATIENCE);
                }
            }
            load.one(true);
            LockSupport.parkNanos(BETWEEN_DECISIONS_NANOS);
        }
    }

    private void tell(String what, double seconds) {
        tell.accept(String.format(Locale.ROOT, "%s %.1f s after the kill", what, seconds));
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
