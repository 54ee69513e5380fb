package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.LoopSettings;
import io.leeway.core.drift.Calibration;
import io.leeway.core.drift.InputProfile;
import io.leeway.core.drift.Quantiles;
import io.leeway.core.drift.TableDrift.InputDrift;
import io.leeway.drift.Chunks.Chunk;
import io.leeway.drift.InputWatch.PastCheck;
import io.leeway.drift.Page.Course;
import io.leeway.drift.Page.Pair;
import io.leeway.kit.LoopDirectory;
import io.leeway.report.Distribution;
import io.leeway.report.Plot;
import io.leeway.report.Plot.Point;
import io.leeway.report.Report;
import io.leeway.report.Table;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The page about a loop: what moved, inputs before and after, the course of every measure. It stands alone. */
@Singleton
public class DriftReport {
    private static final int HISTORY = 30;
    private static final int TESTS = 50;
    private static final int WORDS = 12;

    /** Standard deviations of a chunk's mean to either side that the band of usual means holds. */
    private static final double BAND = 4;

    private static final double LEAST_EVIDENCE = 1e-8;

    private final LoopDirectory loops;
    private final LookAtLoop look;
    private final Asks asks;
    private final DriftHistory history;

    DriftReport(LoopDirectory loops, LookAtLoop look, Asks asks, DriftHistory history) {
        this.loops = loops;
        this.look = look;
        this.asks = asks;
        this.history = history;
    }

    /** The page as HTML. */
    public String html(String loop) {
        LoopSettings settings = loops.get(loop).settings();
        look.requireHere(loop);
        List<Drift> told = history.newest(loop, HISTORY);
        Page page = asks.look(loop, (watch, window, now) -> Page.of(watch, window, now, told));
        return report(page, settings).toHtml();
    }

    static Report report(Page page, LoopSettings settings) {
        List<Drift> active = page.status().active();
        Report report = Report.of("Drift of " + page.status().loop())
                .verdict(
                        active.isEmpty(), active.isEmpty() ? "no drift lasts" : count(active.size(), "drift") + " last")
                .summary(summary(page, settings));
        if (!active.isEmpty()) {
            report.table(drifts("active", "What lasts", active));
        }
        page.shown().forEach((path, pair) -> input(report, path, pair));
        if (page.notCompared() != null) {
            report.text("Inputs", "Inputs were not compared: " + page.notCompared() + ".");
        }
        if (!page.checks().isEmpty()) {
            report.plot(checks(page));
        }
        List<Course> courses = page.courses().stream()
                .filter(course -> course.chunks().size() > 1)
                .toList();
        if (!courses.isEmpty()) {
            report.plot(evidence(courses));
        }
        courses.forEach(course -> report.plot(course(course)));
        page.calibration().ifPresent(calibration -> report.plot(calibration(calibration)));
        report.facts("figures", "Figures", figures(page, settings));
        if (!page.history().isEmpty()) {
            report.table(drifts("history", "What was told, newest first", page.history()));
        }
        if (!page.tests().isEmpty()) {
            report.table(tests(page));
        }
        return report.footer("As of " + page.at().truncatedTo(ChronoUnit.SECONDS) + ".");
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String summary(Page page, LoopSettings settings) {
        String model = page.status().modelVersion() == 0
                ? "No model serves. "
                : "Model version " + page.status().modelVersion() + " serves. ";
        String inputs = page.check() == null ? "" : " Inputs: " + page.check().sentence() + ".";
        return model
                + String.format(
                        Locale.ROOT,
                        "Since it began, %,d decisions and %,d feedbacks were seen.",
                        page.status().decisions(),
                        page.status().feedbacks())
                + inputs + " At most one false alarm in "
                + String.format(Locale.ROOT, "%,d", settings.drift().falseAlarmFeedbacks())
                + " is wanted, of all tests together.";
    }

    private static Table drifts(String key, String title, List<Drift> drifts) {
        Table table = Table.of(key, title)
                .column("time", "time, UTC")
                .column("state", "state")
                .column("severity", "severity")
                .column("kind", "kind")
                .column("description", "what");
        drifts.forEach(drift -> table.row(
                drift.time()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString()
                        .replace('T', ' ')
                        .replace("Z", ""),
                word(drift.state()),
                drift.severity() == null ? null : word(drift.severity()),
                word(drift.kind()),
                drift.description()));
        return table;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void input(Report report, String path, Pair pair) {
        Quantiles before = pair.before().quantiles();
        Quantiles after = pair.after().quantiles();
        if (before.size() > 0 && after.size() > 0) {
            double low = Math.min(before.at(0.01), after.at(0.01));
            double high = Math.max(before.at(0.99), after.at(0.99));
            report.plot(Plot.of(path, path, "share of decisions up to here")
                    .curve("reference", Distribution.upTo(before.toArray(), low, high))
                    .curve("current", Distribution.upTo(after.toArray(), low, high))
                    .fromZero());
        } else if (pair.before().words() + pair.after().words() > 0) {
            report.table(shares(path, pair));
        }
    }

    private static Table shares(String path, Pair pair) {
        Table table = Table.of("input " + path, path)
                .column("value", "value")
                .column("reference", "reference, %", 2)
                .column("current", "current, %", 2);
        TreeSet<String> words = new TreeSet<>(pair.before().categories().keySet());
        words.addAll(pair.after().categories().keySet());
        words.stream()
                .sorted(Comparator.comparingDouble(
                        word -> -Math.max(percent(pair.before(), word), percent(pair.after(), word))))
                .limit(WORDS)
                .forEach(word -> table.row(word, percent(pair.before(), word), percent(pair.after(), word)));
        table.row("(missing)", missing(pair.before()), missing(pair.after()));
        return table;
    }

    private static double percent(InputProfile input, String word) {
        return 100.0 * input.categories().getOrDefault(word, 0L) / Math.max(1, input.words());
    }

    private static double missing(InputProfile input) {
        return 100.0 * input.missing() / Math.max(1, input.rows());
    }

    private static Plot checks(Page page) {
        Instant start = Instant.parse(page.checks().get(0).time());
        List<Point> points = new ArrayList<>();
        Plot plot = Plot.of("Checks of inputs", since(start), "largest effect");
        String marked = "";
        for (PastCheck check : page.checks()) {
            double x = minutes(start, Instant.parse(check.time()));
            points.add(new Point(x, check.effect()));
            if (check.drifted() && !check.input().equals(marked)) {
                plot.mark(check.input(), x);
            }
            marked = check.drifted() ? check.input() : "";
        }
        return plot.curve("largest effect of any input that moved", points)
                .level("smallest that counts", page.settings().minimumEffect())
                .fromZero();
    }

    private static Plot evidence(List<Course> courses) {
        Instant start = courses.stream()
                .map(course -> course.chunks().get(0).from())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Plot plot = Plot.of("Evidence for a change", since(start), "share of what alarms")
                .logarithmic();
        for (Course course : courses) {
            plot.curve(
                    course.kind(),
                    course.chunks().stream()
                            .map(chunk ->
                                    new Point(minutes(start, chunk.from()), Math.max(LEAST_EVIDENCE, chunk.evidence())))
                            .toList());
        }
        return plot.level("alarm", 1);
    }

    /** Means of chunks, the band that holds usual ones, and the alarms. */
    private static Plot course(Course course) {
        Instant start = course.chunks().get(0).from();
        Plot plot = Plot.of(course.name(), since(start), course.kind());
        List<Point> means = new ArrayList<>();
        List<Point> low = new ArrayList<>();
        List<Point> high = new ArrayList<>();
        double[] usual = usual(course);
        long whole = course.chunks().get(0).count();
        for (Chunk chunk : course.chunks()) {
            if (2 * chunk.count() < whole) {
                continue; // The newest, which has hardly begun.
            }
            double x = minutes(start, chunk.from());
            double reach = BAND * usual[1] / Math.sqrt(chunk.count());
            means.add(new Point(x, chunk.mean()));
            low.add(new Point(x, usual[0] - reach));
            high.add(new Point(x, usual[0] + reach));
        }
        plot.curve("mean of a chunk", means);
        if (usual[1] > 1e-9 * Math.abs(usual[0])) { // What never varies has no band.
            plot.level("usual, at least", low).level("usual, at most", high);
        }
        course.alarms().forEach(alarm -> plot.mark("alarm", minutes(start, alarm)));
        return plot;
    }

    /** Mean and standard deviation of the values before the first alarm. */
    private static double[] usual(Course course) {
        Instant end = course.alarms().isEmpty() ? Instant.MAX : course.alarms().get(0);
        double count = 0;
        double sum = 0;
        double squares = 0;
        List<Chunk> chunks = course.chunks();
        for (int i = 0; i < chunks.size(); i++) {
            boolean before = i + 1 < chunks.size() ? !chunks.get(i + 1).from().isAfter(end) : end == Instant.MAX;
            if (before || i == 0) {
                count += chunks.get(i).count();
                sum += chunks.get(i).sum();
                squares += chunks.get(i).squares();
            }
        }
        double mean = sum / count;
        return new double[] {mean, Math.sqrt(Math.max(0, squares / count - mean * mean))};
    }

    private static Plot calibration(Calibration calibration) {
        List<Calibration.Bin> bins = calibration.bins();
        List<Point> held = bins.stream()
                .map(bin -> new Point(bin.predicted(), bin.observed()))
                .toList();
        double low = bins.stream().mapToDouble(Calibration.Bin::predicted).min().orElse(0);
        double high =
                bins.stream().mapToDouble(Calibration.Bin::predicted).max().orElse(1);
        return Plot.of("Do predictions hold? The newest " + calibration.rows() + " feedbacks", "predicted", "observed")
                .curve("observed, by tenths of the predictions", held)
                .level("as predicted", List.of(new Point(low, low), new Point(high, high)));
    }

    private static Map<String, String> figures(Page page, LoopSettings settings) {
        Map<String, String> figures = new LinkedHashMap<>();
        Map<String, Object> known = page.status().figures();
        for (String name : List.of("meanReward", "shareRewarded", "meanPredicted", "meanAbsoluteError")) {
            if (known.get(name) instanceof Double value) {
                figures.put(name, Words.number(value));
            }
        }
        page.calibration()
                .ifPresent(one -> figures.put(
                        "calibration error",
                        Words.number(one.expectedError()) + ", p " + Words.number(one.pValue()) + " over " + one.rows()
                                + " feedbacks"));
        page.expected()
                .ifPresent(one -> figures.put(
                        "expected of the newest " + one.rows() + " decisions (an estimate)",
                        Words.number(one.value()) + " in [" + Words.number(one.low()) + ", " + Words.number(one.high())
                                + "]"));
        if (known.get("exploration health") instanceof Map<?, ?> health) {
            health.forEach(
                    (name, value) -> figures.put("exploration, " + name, Words.number(((Number) value).doubleValue())));
        }
        figures.put(
                "reference of inputs",
                page.reference() == null ? settings.drift().reference() : page.reference());
        figures.put("level of a check of inputs", Words.number(page.level()));
        figures.put("smallest effect that counts", Words.number(settings.drift().minimumEffect()));
        figures.put("decisions in a window", Integer.toString(settings.drift().windowRows()));
        return figures;
    }

    private static Table tests(Page page) {
        Table table = Table.of("tests", "Every test of inputs")
                .column("input", "input")
                .column("test", "test")
                .column("statistic", "statistic", 3)
                .column("effect", "effect", 3)
                .column("pValue", "p, adjusted")
                .column("drifted", "drift");
        page.tests().stream()
                .sorted(Comparator.comparingDouble(InputDrift::effect).reversed())
                .limit(TESTS)
                .forEach(test -> table.row(
                        test.input(),
                        test.test().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        test.statistic(),
                        test.effect(),
                        Words.number(test.adjustedPValue()),
                        test.drifted() ? "yes" : ""));
        return table;
    }

    private static String since(Instant start) {
        return "minutes since " + start.truncatedTo(ChronoUnit.SECONDS);
    }

    private static double minutes(Instant start, Instant time) {
        return Duration.between(start, time).toMillis() / 60_000.0;
    }
}
