package io.leeway.benchmarks.drift;

import io.leeway.core.drift.EDetector;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.ProfileLearner;
import io.leeway.core.drift.RowTable;
import io.leeway.core.drift.TableCheck;
import io.leeway.core.drift.TableDrift;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * Feature values per second of processor time through the parts of the streaming path that are core's: the sketch, the test of a
 * window after every half of one, detectors; and the bytes that stay. Arguments: features (a fifth of them words), rows of a window, windows.
 */
public final class DriftThroughput {
    private DriftThroughput() {}

    public static void main(String[] arguments) {
        int features = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
        int window = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
        int windows = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 6;
        List<Map<String, Object>> rows = rows(new Random(9000), features, 2 * window);
        Profile reference = profile(rows);
        System.out.printf(
                Locale.ROOT, "%d features, windows of %d rows, values per second of one core%n", features, window);
        for (int round = 0; round < 2; round++) {
            // The first round warms the compiler up.
            boolean told = round == 1;
            report(told, "sketch of a row", windows, (double) features * window, w -> profile(rows.subList(0, window)));
            Profile current = profile(rows.subList(0, window));
            report(
                    told,
                    "KS and chi-square against a profile, every half window",
                    windows,
                    features * window / 2.0,
                    w -> TableDrift.compare(reference, current, 0.001, 0.02));
            report(told, "both: the path of an input", windows, features * window / 2.0, w -> {
                // A row is sketched once; its window is tested, and put together, twice.
                Profile now = profile(rows.subList(0, window));
                TableDrift.compare(reference, now, 0.001, 0.02);
            });
            report(
                    told,
                    "Anderson-Darling against raw rows, every half window",
                    windows,
                    features * window / 2.0,
                    w -> new TableCheck(TableCheck.Settings.DEFAULT)
                            .compare(RowTable.columns(rows), RowTable.columns(rows.subList(0, window))));
            EDetector detector = EDetector.withBudget(1e9);
            Random random = new Random(9001);
            report(told, "e-detector", windows, 100_000, w -> {
                for (int i = 0; i < 100_000; i++) {
                    detector.add(random.nextDouble());
                }
            });
        }
        bytes("reference profile", features, () -> profile(rows));
        bytes("sketch of " + 2 * window + " rows while it is learned", features, () -> learner(rows));
        bytes("e-detector, per detector", 1, () -> {
            EDetector detector = EDetector.withBudget(1e9);
            rows.forEach(row -> detector.add(row.hashCode()));
            return detector;
        });
    }

    private static void report(boolean told, String what, int times, double values, IntConsumer work) {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            work.accept(i);
        }
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e9;
        if (told) {
            System.out.printf(Locale.ROOT, "  %-55s %,12.0f%n", what, times * values / seconds);
        }
    }

    private interface Made {
        Object make();
    }

    /** Difference of the used heap with some of them, after collections. */
    private static void bytes(String what, int parts, Made made) {
        int copies = 5;
        List<Object> kept = new ArrayList<>();
        long before = used();
        for (int i = 0; i < copies; i++) {
            kept.add(made.make());
        }
        double each = (used() - before) / (double) copies / parts;
        System.out.printf(
                Locale.ROOT,
                "  %-55s %,12.0f bytes %s, %.2f GiB for 500 x 100 (%d kept)%n",
                what,
                each,
                parts > 1 ? "per feature" : "",
                each * 50_000 / (1L << 30),
                kept.size());
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static ProfileLearner learner(List<Map<String, Object>> rows) {
        ProfileLearner learner = new ProfileLearner();
        rows.forEach(row -> learner.observe("e" + learner.rows(), row));
        return learner;
    }

    private static Profile profile(List<Map<String, Object>> rows) {
        return learner(rows).profile();
    }

    private static List<Map<String, Object>> rows(Random random, int features, int size) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int c = 0; c < features; c++) {
                row.put(
                        "f" + c,
                        c % 5 == 0
                                ? "w" + (int) (30 * random.nextDouble() * random.nextDouble())
                                : random.nextGaussian());
            }
            rows.add(row);
        }
        return rows;
    }
}
