package io.leeway.cli.bench;

import io.leeway.cli.bench.ServingResult.Row;
import io.leeway.cli.bench.ServingResult.Swaps;
import java.io.PrintStream;
import java.util.Locale;

/** A serving benchmark as people read it. */
final class ServingTable {
    private ServingTable() {}

    static void print(ServingResult result, PrintStream out) {
        out.println();
        line(
                out,
                "%-23s %-7s %7s %9s %9s %9s | %27s | %s",
                "",
                "size",
                "bytes",
                "calls/s",
                "CPU us",
                "alloc B",
                "ms p50    p99  p99.9",
                "at half: calls/s   p50    p99  p99.9 ms");
        for (Row row : result.rows()) {
            line(
                    out,
                    "%-23s %-7s %7d %9.0f %9.1f %9.0f | %8.2f %8.2f %9.2f | %10.0f %8.2f %8.2f %8.2f%s",
                    row.what(),
                    row.workload(),
                    row.requestBytes(),
                    row.perSecond(),
                    row.cpuMicros(),
                    row.allocatedBytes(),
                    row.p50(),
                    row.p99(),
                    row.p999(),
                    row.halfPerSecond(),
                    row.halfP50(),
                    row.halfP99(),
                    row.halfP999(),
                    row.failures() == 0 ? "" : "  FAILED: " + row.failures());
        }
        out.println();
        line(
                out,
                "CPU over baseline B, %s: linear %.2f, network %.2f, linear-online %.2f, auto %.2f",
                result.rows().get(0).workload(),
                result.cpuRatioToBaselineB(),
                result.cpuRatioOfNetworkToBaselineB(),
                result.cpuRatioOfHashedLinearToBaselineB(),
                result.cpuRatioOfAutoToBaselineB());
        line(out, "p99 over baseline B at the same half rate: %.2f", result.p99RatioToBaselineB());
        print(result.swaps(), out);
        line(out, "%.0f decisions for each second of CPU", result.decisionsPerCpuSecond());
        line(
                out,
                "load average %.1f before, %.1f after; %d processors, Java %s",
                result.loadBefore(),
                result.loadAfter(),
                result.processors(),
                result.java());
    }

    static void print(Swaps swaps, PrintStream out) {
        line(
                out,
                "%d swaps, one in %.0f s: p99 changed by %s; between runs without a swap by %s; failed calls %d",
                swaps.count(),
                swaps.seconds(),
                percent(swaps.p99Change()),
                percent(swaps.p99Noise()),
                swaps.failures());
    }

    private static String percent(ServingResult.Change change) {
        return String.format(
                Locale.ROOT,
                "%+.0f %% (%+.0f to %+.0f %%)",
                100 * change.median(),
                100 * change.low(),
                100 * change.high());
    }

    private static void line(PrintStream out, String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
