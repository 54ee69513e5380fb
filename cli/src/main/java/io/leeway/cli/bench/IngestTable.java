package io.leeway.cli.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;

/** An ingest benchmark as people read it. */
final class IngestTable {
    private IngestTable() {}

    static void print(IngestResult result, PrintStream out) {
        out.println();
        line(out, "%-44s %10s %10s", "", "events/s", "rows/s");
        line(
                out,
                "%-44s %10.0f %10.0f",
                "bare inserts of the same rows (baseline)",
                result.baselineEventsPerSecond(),
                result.baselineRowsPerSecond());
        line(out, "%-44s %10.0f %10.0f", "sent, joined and stored", result.eventsPerSecond(), result.rowsPerSecond());
        line(
                out,
                "ratio to baseline: %.3f; %,d decisions with rewards, %.2f rows each (%s)",
                result.ratioToBaseline(),
                result.events(),
                result.rowsPerEvent(),
                String.join(", ", result.tables()));
        IngestResult.Cpu cpu = result.cpuMicros();
        line(
                out,
                "CPU us per event: logger %.0f, broker %.0f, database %.0f, producer %.0f",
                cpu.logger(),
                cpu.broker(),
                cpu.database(),
                cpu.producer());
        IngestResult.Delay delay = result.delay();
        line(
                out,
                "join delay after the wait at %.0f events/s: p50 %.0f, p90 %.0f, p99 %.0f, most %.0f ms (%,d events)",
                delay.eventsPerSecond(),
                delay.p50(),
                delay.p90(),
                delay.p99(),
                delay.max(),
                delay.events());
        line(
                out,
                "  %s",
                delay.percentUpTo().entrySet().stream()
                        .map(share -> String.format(Locale.ROOT, "<= %d ms %.1f %%", share.getKey(), share.getValue()))
                        .collect(Collectors.joining(", ")));
        if (result.memory() != null) {
            print(result.memory(), out);
        }
        if (result.restart() != null) {
            print(result.restart(), out);
        }
        line(
                out,
                "load average %.1f before, %.1f after; %d processors, Java %s",
                result.loadBefore(),
                result.loadAfter(),
                result.processors(),
                result.java());
    }

    private static void print(IngestResult.Memory memory, PrintStream out) {
        line(
                out,
                "memory over %.1f minutes at %.0f events/s (%,d events): process %.0f MB, then %.0f (most %.0f, %+.2f a minute in the second half)",
                memory.minutes(),
                memory.eventsPerSecond(),
                memory.events(),
                memory.residentFirst(),
                memory.residentLast(),
                memory.residentMost(),
                memory.residentSlope());
        line(
                out,
                "  heap after a full collection %.1f MB, then %.1f (%+.2f a minute)",
                memory.heapFirst(),
                memory.heapLast(),
                memory.heapSlope());
    }

    private static void print(IngestResult.Restart restart, PrintStream out) {
        line(
                out,
                "killed with %,d open decisions: ready after %.1f s, joining again after %.1f s, caught up after %.1f s (%,d decisions made meanwhile)",
                restart.open(),
                restart.readySeconds(),
                restart.runningSeconds(),
                restart.caughtUpSeconds(),
                restart.sentMeanwhile());
    }

    private static void line(PrintStream out, String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
