package io.leeway.cli.bench;

import io.leeway.cli.JsonOption;
import io.leeway.cli.bench.IngestResult.Cpu;
import io.leeway.cli.bench.IngestResult.Delay;
import io.leeway.cli.bench.IngestResult.Memory;
import io.leeway.cli.bench.IngestResult.Restart;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures decisions with rewards, joined and stored, beside bare inserts of the same rows, in one run. */
@Command(
        name = "ingest",
        description = {
            "How many decisions with rewards are joined and stored in a second, beside bare inserts of the same rows into the same tables (the baseline)."
        })
public final class IngestBench implements Callable<Integer> {
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final String SATURATED = "saturated";
    private static final int BATCH_ROWS = 1000;
    private static final int ROUNDS = 3;
    private static final List<Integer> DELAY_MILLIS = List.of(250, 500, 750, 1000, 2000, 5000);

    @Mixin
    private JsonOption json;

    @Option(
            names = "--seconds",
            defaultValue = "40",
            description = "Length of the saturated run (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "60",
            description = {
                "Seconds of the same load before it (default: ${DEFAULT-VALUE}): compilers that are still at work take a third of two processors."
            })
    private double warmUpSeconds;

    @Option(
            names = "--rows",
            defaultValue = "40000",
            description = "Events whose rows the baseline writes, at most (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--minutes",
            defaultValue = "0",
            description = "Watch the memory for so long, at half of the rate found (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--open",
            defaultValue = "0",
            description =
                    "Kill the logger with so many open decisions and time its restart (default: ${DEFAULT-VALUE}).")
    private long open;

    @Option(names = "--jvm", hidden = true, split = " ", description = "Further options of the JVMs.")
    private List<String> jvm = List.of();

    private PrintStream words;

    /** Where the saturated run stood. */
    private record Saturated(long events, double seconds, Cpu cpu) {
        double perSecond() {
            return events / seconds;
        }
    }

    @Override
    public Integer call() throws IOException, SQLException {
        json.requireWritable();
        words = json.words();
        double loadBefore = load();
        tell("starting a broker, a database and a feedback logger on free ports");
        try (LoggerUnderTest logger = LoggerUnderTest.start(jvm)) {
            Saturated saturated = saturated(logger);
            Delay delay = delay(logger, saturated.perSecond() / 2);
            Memory memory = minutes > 0 ? memory(logger, saturated.perSecond() / 2) : null;
            Restart restart = open > 0 ? new RestartRun(logger, this::tell).run(open) : null;
            BareInserts.Outcome bare = baseline(logger);
            double rowsPerEvent = (double) bare.rows() / bare.events();
            IngestResult result = new IngestResult(
                    saturated.perSecond() / bare.eventsPerSecond(),
                    saturated.perSecond(),
                    bare.eventsPerSecond(),
                    saturated.perSecond() * rowsPerEvent,
                    bare.eventsPerSecond() * rowsPerEvent,
                    rowsPerEvent,
                    saturated.events(),
                    bare.tables(),
                    saturated.cpu(),
                    delay,
                    memory,
                    restart,
                    loadBefore,
                    load(),
                    System.getProperty("java.version"),
                    Runtime.getRuntime().availableProcessors());
            IngestTable.print(result, words);
            json.write(result);
        }
        return 0;
    }

    private Saturated saturated(LoggerUnderTest logger) {
        tell("warming up");
        logger.loop("warm-up", WAIT);
        IngestLoad warmUp = new IngestLoad(logger, new IngestEvents("warm-up"));
        warmUp.saturate(ofSeconds(warmUpSeconds));
        warmUp.awaitStored();
        logger.loop(SATURATED, WAIT);
        IngestLoad load = new IngestLoad(logger, new IngestEvents(SATURATED));
        double[] before = cpu(logger);
        long begin = System.nanoTime();
        load.saturate(ofSeconds(seconds));
        load.awaitStored();
        double took = (System.nanoTime() - begin) / 1e9;
        double[] after = cpu(logger);
        double micros = 1e6 / load.sent();
        Cpu cpu = new Cpu(
                micros * (after[0] - before[0]),
                micros * (after[1] - before[1]),
                micros * (after[2] - before[2]),
                micros * (after[3] - before[3]));
        Saturated saturated = new Saturated(load.sent(), took, cpu);
        tell(String.format(
                Locale.ROOT,
                "%,d events joined and stored in %.1f s: %.0f/s",
                load.sent(),
                took,
                saturated.perSecond()));
        return saturated;
    }

    private static double[] cpu(LoggerUnderTest logger) {
        double own = ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
        return new double[] {
            logger.cpuSeconds("feedback-logger"), logger.cpuSeconds("kafka"), logger.cpuSeconds("postgresql"), own
        };
    }

    private Delay delay(LoggerUnderTest logger, double perSecond) {
        String loop = "delay";
        logger.loop(loop, WAIT);
        IngestLoad load = new IngestLoad(logger, new IngestEvents(loop));
        JoinDelays delays = new JoinDelays(logger.bootstrapServers(), loop, WAIT);
        try (delays) {
            load.at(perSecond, ofSeconds(Math.max(5, seconds / 2)), () -> {});
            load.awaitStored();
        }
        Latencies all = delays.end();
        tell(String.format(Locale.ROOT, "join delay p99 at %.0f/s: %.0f ms", perSecond, all.quantile(0.99)));
        return new Delay(
                perSecond,
                all.count(),
                all.quantile(0.5),
                all.quantile(0.9),
                all.quantile(0.99),
                all.quantile(1),
                all.sharesUpTo(DELAY_MILLIS));
    }

    private Memory memory(LoggerUnderTest logger, double perSecond) {
        String loop = "memory";
        logger.loop(loop, WAIT);
        IngestLoad load = new IngestLoad(logger, new IngestEvents(loop));
        MemoryWatch watch = new MemoryWatch(logger, this::tell);
        load.at(perSecond, ofSeconds(60 * minutes), watch::look);
        load.awaitStored();
        return watch.end(minutes, perSecond, load.sent());
    }

    private BareInserts.Outcome baseline(LoggerUnderTest logger) throws SQLException {
        tell("baseline: the logger is stopped, its rows are written again");
        logger.stop();
        try (java.sql.Connection connection = logger.connect()) {
            return new BareInserts(connection, BATCH_ROWS).run(SATURATED, rows, ROUNDS);
        }
    }

    private static Duration ofSeconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private void tell(String line) {
        words.println(line);
    }
}
