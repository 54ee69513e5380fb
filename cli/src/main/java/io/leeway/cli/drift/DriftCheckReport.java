package io.leeway.cli.drift;

import io.leeway.core.drift.ColumnSample;
import io.leeway.core.drift.NumberChange;
import io.leeway.core.drift.Quantiles;
import io.leeway.core.drift.TableCheck.ColumnTest;
import io.leeway.report.Distribution;
import io.leeway.report.Plot;
import io.leeway.report.Plot.Point;
import io.leeway.report.Report;
import io.leeway.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** A comparison of two tables as text, JSON and a page that stands alone. */
final class DriftCheckReport {
    private static final int PLOTS = 12;
    private static final int BARS = 12;

    private final DriftCheck check;

    DriftCheckReport(DriftCheck check) {
        this.check = check;
    }

    String text() {
        Report report = Report.of("Drift").verdict(!check.drifted(), verdict());
        if (check.drifted()) {
            report.table(findings());
        }
        return report.toText();
    }

    private String verdict() {
        String compared = String.format(
                Locale.ROOT,
                "%,d rows against %,d, %d columns compared, false discovery level %s",
                check.current().rows(),
                check.reference().rows(),
                check.pairing().reference().size(),
                check.settings().level());
        return (check.drifted()
                        ? "Drift: " + check.findings().size()
                                + (check.findings().size() == 1 ? " finding. " : " findings. ")
                        : "No drift. ")
                + compared;
    }

    private Table findings() {
        Table table = Table.of("findings", "What is not as it was")
                .column("severity", "severity")
                .column("check", "check")
                .column("words", "what")
                .column("pValue", "p, adjusted");
        check.findings()
                .forEach(finding -> table.row(
                        finding.severity().name().toLowerCase(Locale.ROOT),
                        finding.check(),
                        finding.words(),
                        pValue(finding.pValue())));
        return table;
    }

    private static String pValue(double p) {
        return Double.isNaN(p)
                ? "-"
                : p < 1e-300 ? "<1e-300" : String.format(Locale.ROOT, p < 0.001 ? "%.0e" : "%.3f", p);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("reference", file(check.reference()));
        json.put("current", file(check.current()));
        json.put("level", check.settings().level());
        json.put("minimumEffect", check.settings().minimumEffect());
        json.put("minimumEffectOfFew", check.settings().minimumEffectOfFew());
        json.put("drifted", check.drifted());
        json.put("driftedColumns", check.driftedColumns());
        json.put(
                "findings",
                check.findings().stream().map(DriftCheckReport::json).toList());
        json.put("columns", columns());
        check.classifier().ifPresent(told -> json.put("together", FileRows.json(told)));
        check.segments().ifPresent(segments -> json.put("segments", FileRows.json(segments)));
        json.put("notCompared", check.pairing().leftOut());
        return json;
    }

    private static Map<String, Object> file(TableFile table) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", table.source());
        json.put("rows", table.rows());
        return json;
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("check", finding.check());
        json.put("column", finding.column());
        json.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        json.put("words", finding.words());
        json.put("effect", finding.effect());
        json.put("pValue", Double.isNaN(finding.pValue()) ? null : finding.pValue());
        return json;
    }

    private List<Map<String, Object>> columns() {
        List<Map<String, Object>> columns = new ArrayList<>();
        for (int c = 0; c < check.pairing().reference().size(); c++) {
            ColumnSample before = check.pairing().reference().get(c);
            List<ColumnTest> tests = tests(before.name());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("column", before.name());
            json.put("drifted", check.driftedColumns().contains(check.pairing().column(before.name())));
            ColumnSample after = check.pairing().current().get(c);
            if (before.numbers().size() > 0 && after.numbers().size() > 0) {
                json.put(
                        "change",
                        NumberChange.kindOf(before.numbers(), after.numbers())
                                .name()
                                .toLowerCase(Locale.ROOT));
            }
            json.put("tests", tests.stream().map(DriftCheckReport::json).toList());
            json.put("measures", Measures.of(before, after));
            columns.add(json);
        }
        return columns;
    }

    private List<ColumnTest> tests(String column) {
        return check.tests().stream()
                .filter(test -> test.column().equals(column))
                .toList();
    }

    private static Map<String, Object> json(ColumnTest test) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("test", test.test().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.put("statistic", test.statistic());
        json.put("pValue", test.pValue());
        json.put("adjustedPValue", test.adjustedPValue());
        json.put("effect", test.effect());
        json.put("drifted", test.drifted());
        return json;
    }

    Report page() {
        Report report = Report.of("Drift of " + name(check.current()) + " against " + name(check.reference()))
                .verdict(!check.drifted(), check.drifted() ? "drift" : "no drift")
                .summary(verdict() + ".");
        if (check.drifted()) {
            report.table(findings());
        }
        Map<String, ColumnSample> before = byName(check.pairing().reference());
        Map<String, ColumnSample> after = byName(check.pairing().current());
        check.driftedColumns().stream()
                .filter(before::containsKey)
                .limit(PLOTS)
                .forEach(column -> plot(report, before.get(column), after.get(column)));
        report.table(allTests());
        if (!check.pairing().leftOut().isEmpty()) {
            report.facts(
                    "notCompared", "Not compared as they are", check.pairing().leftOut());
        }
        return report.footer(
                "A change is called drift if it passes the false discovery level over all columns"
                        + " (Benjamini-Hochberg) and the minimum effect, or if it breaks a rule, which is no matter of chance.");
    }

    private static Map<String, ColumnSample> byName(List<ColumnSample> columns) {
        Map<String, ColumnSample> byName = new LinkedHashMap<>();
        columns.forEach(column -> byName.put(column.name(), column));
        return byName;
    }

    private static String name(TableFile table) {
        return java.nio.file.Path.of(table.source()).getFileName().toString();
    }

    private Table allTests() {
        Table table = Table.of("tests", "Every test")
                .column("column", "column")
                .column("test", "test")
                .column("statistic", "statistic", 3)
                .column("effect", "effect", 3)
                .column("minimumEffect", "minimum", 3)
                .column("pValue", "p, adjusted")
                .column("drifted", "drift");
        check.tests()
                .forEach(test -> table.row(
                        test.column(),
                        test.test().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        test.statistic(),
                        test.effect(),
                        test.minimumEffect(),
                        pValue(test.adjustedPValue()),
                        test.drifted() ? "yes" : ""));
        return table;
    }

    private static void plot(Report report, ColumnSample before, ColumnSample after) {
        if (before.numbers().size() > 0 && after.numbers().size() > 0) {
            report.plot(Plot.of(before.name(), before.name(), "share of rows up to here")
                    .curve("reference", distribution(before.numbers(), after.numbers()))
                    .curve("current", distribution(after.numbers(), before.numbers()))
                    .fromZero());
        } else if (before.wordCount() > 0 && after.wordCount() > 0) {
            report.table(shares(before, after));
        }
    }

    /** The distribution function over the range that holds all but the outermost percent of both. */
    private static List<Point> distribution(Quantiles values, Quantiles other) {
        double low = Math.min(values.at(0.01), other.at(0.01));
        double high = Math.max(values.at(0.99), other.at(0.99));
        return Distribution.upTo(values.toArray(), low, high);
    }

    private static Table shares(ColumnSample before, ColumnSample after) {
        Table table = Table.of(before.name(), before.name())
                .column("value", "value")
                .column("reference", "reference, %", 2)
                .column("current", "current, %", 2);
        TreeSet<String> words = new TreeSet<>(before.words().keySet());
        words.addAll(after.words().keySet());
        words.stream()
                .sorted(Comparator.comparingLong(word ->
                        -before.words().getOrDefault(word, 0L) - after.words().getOrDefault(word, 0L)))
                .limit(BARS)
                .forEach(word -> table.row(
                        word,
                        100.0 * before.words().getOrDefault(word, 0L) / before.wordCount(),
                        100.0 * after.words().getOrDefault(word, 0L) / after.wordCount()));
        return table;
    }
}
