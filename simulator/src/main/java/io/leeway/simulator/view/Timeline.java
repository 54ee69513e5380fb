package io.leeway.simulator.view;

import io.leeway.report.Plot;
import io.leeway.simulator.traffic.Account;
import io.leeway.simulator.traffic.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** What every plot over a run's traffic shares: chunks of moments, bands for phases, marks for events. */
final class Timeline {

    private Timeline() {}

    /** Puts phases, events, and the first answer of each model version on the plot. */
    static Plot annotate(Plot plot, List<? extends Account> accounts, List<Mark> marks) {
        bands(plot, accounts);
        long version = 0;
        for (Account account : accounts) {
            // Workers overtake each other around a swap; only a version above all before is a new one.
            if (account.answered() && account.modelVersion() > version) {
                version = account.modelVersion();
                plot.mark("v" + version, (double) account.moment());
            }
        }
        marks.forEach(mark -> plot.mark(mark.name(), (double) mark.moment()));
        return plot;
    }

    /** The mean of a value over each stretch of so many accounts; NaN values are left out. */
    static List<Plot.Point> means(List<? extends Account> accounts, int size, IntToDoubleFunction valueAt) {
        return chunks(accounts, size, valueAt, false);
    }

    /** The root of the mean of the squares of a value over each stretch. */
    static List<Plot.Point> rootMeanSquares(List<? extends Account> accounts, int size, IntToDoubleFunction valueAt) {
        return chunks(accounts, size, valueAt, true);
    }

    /** The size of a stretch that gives about so many of them, and no fewer accounts than smooth a curve. */
    static int chunk(List<? extends Account> accounts, int about, int atLeast) {
        return Math.max(atLeast, (accounts.size() + about - 1) / about);
    }

    private static List<Plot.Point> chunks(
            List<? extends Account> accounts, int size, IntToDoubleFunction valueAt, boolean squared) {
        List<Plot.Point> points = new ArrayList<>();
        for (int from = 0; from < accounts.size(); from += size) {
            int to = Math.min(accounts.size(), from + size);
            // A short rest would be a noisy last point.
            if (from > 0 && to - from < size / 2) {
                break;
            }
            double sum = 0;
            int count = 0;
            for (int i = from; i < to; i++) {
                double value = valueAt.applyAsDouble(i);
                if (!Double.isNaN(value)) {
                    sum += squared ? value * value : value;
                    count++;
                }
            }
            double middle = (accounts.get(from).moment() + accounts.get(to - 1).moment()) / 2.0;
            double mean = count == 0 ? Double.NaN : sum / count;
            points.add(new Plot.Point(middle, squared ? Math.sqrt(mean) : mean));
        }
        return points;
    }

    private static void bands(Plot plot, List<? extends Account> accounts) {
        int from = 0;
        for (int i = 1; i <= accounts.size(); i++) {
            boolean ends = i == accounts.size()
                    || !accounts.get(i).phase().equals(accounts.get(from).phase());
            if (ends) {
                long end = i == accounts.size()
                        ? accounts.get(i - 1).moment() + 1
                        : accounts.get(i).moment();
                plot.band(
                        accounts.get(from).phase(), (double) accounts.get(from).moment(), (double) end);
                from = i;
            }
        }
    }

    /** Versions that answered, as {@code v1 (900), v2 (100)}; without counts when there is one only. */
    static String versions(Map<Long, Long> versions) {
        List<String> names = versions.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> name(entry.getKey())
                        + (versions.size() == 1 ? "" : String.format(Locale.ROOT, " (%,d)", entry.getValue())))
                .toList();
        return String.join(", ", names);
    }

    private static String name(long version) {
        return version == 0 ? "none" : "v" + version;
    }

    /** Median and 99th percentile of the latency over stretches, on a logarithmic axis. */
    static Plot latency(List<? extends Account> accounts, List<Mark> marks) {
        int size = chunk(accounts, 120, 200);
        List<Plot.Point> medians = new ArrayList<>();
        List<Plot.Point> tails = new ArrayList<>();
        for (int from = 0; from < accounts.size(); from += size) {
            List<? extends Account> part = accounts.subList(from, Math.min(accounts.size(), from + size));
            if (from > 0 && part.size() < size / 2) {
                break;
            }
            Latency latency = Latency.of(part);
            double middle = (part.get(0).moment() + part.get(part.size() - 1).moment()) / 2.0;
            medians.add(new Plot.Point(middle, latency.p50()));
            tails.add(new Plot.Point(middle, latency.p99()));
        }
        Plot plot = Plot.of("Latency as the client sees it", "requests", "milliseconds")
                .logarithmic()
                .curve("median", medians)
                .curve("99th percentile", tails);
        return annotate(plot, accounts, marks);
    }
}
