package io.leeway.cli.evaluate;

import io.leeway.cli.JsonOption;
import io.leeway.core.evaluation.CoverageStudy;
import io.leeway.core.evaluation.CoverageStudy.Count;
import io.leeway.core.evaluation.CoverageStudy.SequenceCount;
import io.leeway.core.evaluation.IntervalMethod;
import io.leeway.core.evaluation.SimulatedLogs;
import io.leeway.report.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Counts, over simulated logs whose truth is known, how often the intervals and sequences hold it. */
final class CoverageReport {
    private static final int[] ROWS = {150, 500, 2000};
    private static final int EVENTS = 500;
    private static final double PROMISED_INTERVAL = 0.93;
    private static final double PROMISED_SEQUENCE = 0.95;
    /** Cells with fewer answers than this are shown, but not judged. */
    private static final int FEWEST = 100;

    private final int logs;
    private final long seed;
    private final JsonOption json;
    private final PrintStream out;
    private final Set<IntervalMethod> methods;

    CoverageReport(int logs, long seed, boolean bootstrap, JsonOption json) {
        this.logs = logs;
        this.seed = seed;
        this.json = json;
        this.out = json.words();
        this.methods = EnumSet.allOf(IntervalMethod.class);
        if (!bootstrap) { // it costs a thousand times what the others do
            methods.remove(IntervalMethod.BOOTSTRAP);
        }
    }

    /** @return the exit status: 1 if a promise was not kept */
    int run() throws IOException {
        List<Count> intervals = new ArrayList<>();
        List<SequenceCount> sequences = new ArrayList<>();
        List<SimulatedLogs> worlds = SimulatedLogs.all();
        try (Progress progress = Progress.of("counting", (long) worlds.size() * (ROWS.length + 1))) {
            for (SimulatedLogs world : worlds) {
                for (int rows : ROWS) {
                    intervals.addAll(CoverageStudy.intervals(world, rows, logs, methods, seed));
                    progress.advance(1);
                }
                sequences.addAll(CoverageStudy.sequences(world, EVENTS, logs, seed));
                progress.advance(1);
            }
        }
        boolean kept = print(intervals, sequences);
        write(intervals, sequences, kept);
        return kept ? 0 : 1;
    }

    private boolean print(List<Count> intervals, List<SequenceCount> sequences) {
        line(
                "%d logs per line; share of the answered ones whose 95 %% interval held the truth, and its mean width",
                logs);
        line("%-19s %5s %-6s %9s   %s", "world", "rows", "", "answered", columns());
        for (Count count : intervals) {
            StringBuilder text = new StringBuilder();
            for (IntervalMethod method : methods) {
                text.append(
                        count.answered() == 0
                                ? String.format("%20s", "-")
                                : String.format(
                                        Locale.ROOT,
                                        "%12.1f%% %6.3f",
                                        100 * count.coverage(method),
                                        count.width().get(method)));
            }
            line("%-19s %5d %-6s %9d   %s", count.world(), count.rows(), count.estimator(), count.answered(), text);
        }
        line("");
        line("share of logs whose 95 %% sequence held the truth after each of %d events at once", EVENTS);
        for (SequenceCount count : sequences) {
            line(
                    "%-19s %-45s %6.1f%%  width %.3f",
                    count.world(), count.sequence(), 100 * count.coverage(), count.width());
        }
        line("");
        return lowest(intervals) & lowestSequence(sequences);
    }

    private String columns() {
        StringBuilder text = new StringBuilder();
        methods.forEach(method -> text.append(String.format("%20s", method.word())));
        return text.toString();
    }

    private boolean lowest(List<Count> counts) {
        Comparator<Count> byCoverage = Comparator.comparingDouble(count -> count.coverage(IntervalMethod.LIKELIHOOD));
        Count lowest = counts.stream()
                .filter(count -> count.answered() >= FEWEST)
                .min(byCoverage)
                .orElse(null);
        if (lowest == null) {
            line("too few logs to judge the intervals by: %d", logs);
            return true;
        }
        double coverage = lowest.coverage(IntervalMethod.LIKELIHOOD);
        line(
                "lowest coverage of the default interval: %.1f %% (%s, %d rows, %s); promised %.0f %%",
                100 * coverage, lowest.world(), lowest.rows(), lowest.estimator(), 100 * PROMISED_INTERVAL);
        return coverage >= PROMISED_INTERVAL;
    }

    private boolean lowestSequence(List<SequenceCount> counts) {
        SequenceCount lowest = counts.stream()
                .min(Comparator.comparingDouble(SequenceCount::coverage))
                .orElseThrow();
        line(
                "lowest coverage of the sequences: %.1f %% (%s, %s); promised %.0f %%",
                100 * lowest.coverage(), lowest.world(), lowest.sequence(), 100 * PROMISED_SEQUENCE);
        return lowest.coverage() >= PROMISED_SEQUENCE;
    }

    private void write(List<Count> intervals, List<SequenceCount> sequences, boolean kept) throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("logs", logs);
        report.put("seed", seed);
        report.put("kept", kept);
        report.put("intervals", intervals);
        report.put("sequences", sequences);
        json.write(report);
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
