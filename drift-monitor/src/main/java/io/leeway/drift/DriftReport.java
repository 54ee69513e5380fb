package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.LoopSettings;
import io.leeway.core.drift.InputProfile;
import io.leeway.core.drift.Quantiles;
import io.leeway.core.drift.TableDrift.InputDrift;
import io.leeway.drift.Page.Course;
import io.leeway.drift.Page.Pair;
import io.leeway.kit.LoopDirectory;
import io.leeway.report.Distribution;
import io.leeway.report.Plot;
import io.leeway.report.Report;
import io.leeway.report.Table;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The page about a loop: what moved, inputs before and after, the course of every measure. It stands alone. */
@Singleton
public class DriftReport {
    private static final int HISTORY = 30;
    private static final int TESTS = 50;
    private static final int WORDS = 12;

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
        List<Course> courses = page.courses().stream()
                .filter(course -> course.chunks().size() > 1)
                .toList();
        // What alarmed comes before what is as it was.
        courses.stream()
                .filter(course -> !course.alarms().isEmpty())
                .forEach(one -> report.plot(DriftPlots.course(one)));
        if (page.check() != null && page.check().drifted()) {
            report.table(moved(page.check()));
        }
        page.shown().forEach((path, pair) -> input(report, path, pair));
        if (page.notCompared() != null) {
            report.text("Inputs", "Inputs were not compared: " + page.notCompared() + ".");
        }
        if (!page.checks().isEmpty()) {
            report.plot(DriftPlots.checks(page));
        }
        if (!courses.isEmpty()) {
            report.plot(DriftPlots.evidence(courses));
        }
        courses.stream()
                .filter(course -> course.alarms().isEmpty())
                .forEach(one -> report.plot(DriftPlots.course(one)));
        page.calibration().ifPresent(calibration -> report.plot(DriftPlots.calibration(calibration)));
        report.facts("figures", "Figures", PageFigures.of(page, settings));
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
                + (settings.drift().falseAlarmPeriod() == null
                        ? String.format(
                                Locale.ROOT, "%,d feedbacks", settings.drift().falseAlarmFeedbacks())
                        : Words.number(settings.drift().falseAlarmPeriod().toHours() / 24.0) + " days")
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

    /** Those first that change most decisions, where a model can say. */
    private static Table moved(InputCheck check) {
        boolean ranked = check.moved().stream().anyMatch(moved -> moved.decisionsChanged() != null);
        if (!ranked) {
            Table plain = Table.of("moved", "Which inputs moved")
                    .column("input", "input")
                    .column("effect", "effect", 3)
                    .column("description", "what");
            check.moved().forEach(moved -> plain.row(moved.input(), moved.effect(), moved.description()));
            return plain;
        }
        Table table = Table.of("moved", "Which inputs moved, by what that does to the model's decisions")
                .column("input", "input")
                .column("decisions", "decisions changed, %", 1)
                .column("score", "scores changed by", 3)
                .column("effect", "effect", 3)
                .column("description", "what");
        check.moved()
                .forEach(moved -> table.row(
                        moved.input(),
                        moved.decisionsChanged() == null ? null : 100 * moved.decisionsChanged(),
                        moved.scoreChange(),
                        moved.effect(),
                        moved.description()));
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
}
