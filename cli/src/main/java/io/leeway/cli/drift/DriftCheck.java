package io.leeway.cli.drift;

import io.leeway.core.drift.ColumnRules.Breach;
import io.leeway.core.drift.ColumnRules.Rule;
import io.leeway.core.drift.ColumnSample;
import io.leeway.core.drift.DomainClassifier;
import io.leeway.core.drift.SegmentCheck;
import io.leeway.core.drift.TableCheck;
import io.leeway.core.drift.TableCheck.ColumnTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The whole comparison of two tables: tests, findings in words, and what was left out. */
record DriftCheck(
        TableFile reference,
        TableFile current,
        Pairing pairing,
        TableCheck.Settings settings,
        List<ColumnTest> tests,
        List<Finding> findings,
        Optional<DomainClassifier> classifier,
        Optional<SegmentCheck> segments) {

    static DriftCheck of(TableFile reference, TableFile current, TableCheck.Settings settings) {
        return of(reference, current, settings, false, null);
    }

    /**
     * @param together whether it is asked if columns go together otherwise than they did
     * @param segment column by whose words the tables are compared part by part; null for none
     */
    static DriftCheck of(
            TableFile reference, TableFile current, TableCheck.Settings settings, boolean together, String segment) {
        Pairing pairing = Pairing.of(reference, current);
        TableCheck.Report report = new TableCheck(settings).compare(pairing.reference(), pairing.current());
        Map<String, ColumnSample> before = byName(pairing.reference());
        Map<String, ColumnSample> after = byName(pairing.current());
        List<Finding> findings = new ArrayList<>(pairing.findings());
        Duplicates.more(reference, current).ifPresent(findings::add);
        Map<String, Double> pValues = report.tests().stream()
                .filter(test -> test.drifted() && isDrift(test))
                .collect(Collectors.toMap(ColumnTest::column, ColumnTest::adjustedPValue, Math::min));
        report.breaches().stream()
                .map(breach -> Finding.of(
                        Finding.DRIFT,
                        pairing.column(breach.column()),
                        BreachWords.of(breach, before.get(breach.column()), after.get(breach.column())),
                        breach.effect(),
                        isWhole(breach) ? pValues.getOrDefault(breach.column(), Double.NaN) : Double.NaN))
                .forEach(findings::add);
        Set<String> explained = report.breaches().stream()
                .filter(DriftCheck::isWhole)
                .map(Breach::column)
                .collect(Collectors.toSet());
        report.tests().stream()
                .filter(ColumnTest::drifted)
                // What a rule says of the whole column is better said once.
                .filter(test -> !isDrift(test) || !explained.contains(test.column()))
                .map(test -> Finding.of(
                        check(test),
                        pairing.column(test.column()),
                        Words.of(test, before.get(test.column()), after.get(test.column())),
                        test.effect(),
                        test.adjustedPValue()))
                .forEach(findings::add);
        FileRows rows = together || segment != null ? FileRows.of(reference, current, pairing) : null;
        Optional<DomainClassifier> classifier = together ? rows.classifier() : Optional.empty();
        classifier.flatMap(told -> FileRows.finding(told, settings.level())).ifPresent(findings::add);
        Optional<SegmentCheck> segments = Optional.ofNullable(segment).map(column -> rows.segments(column, settings));
        segments.map(FileRows::findings).ifPresent(findings::addAll);
        findings.sort(Comparator.comparingDouble(finding -> -finding.effect()));
        return new DriftCheck(
                reference, current, pairing, settings, report.tests(), List.copyOf(findings), classifier, segments);
    }

    private static Map<String, ColumnSample> byName(List<ColumnSample> columns) {
        Map<String, ColumnSample> byName = new TreeMap<>();
        columns.forEach(column -> byName.put(column.name(), column));
        return byName;
    }

    private static boolean isDrift(ColumnTest test) {
        return check(test).equals(Finding.DRIFT);
    }

    /** Whether the rule says all that there is to say of the column's distribution. */
    private static boolean isWhole(Breach breach) {
        return breach.rule() == Rule.CONSTANT || breach.rule() == Rule.CONVERTED;
    }

    private static String check(ColumnTest test) {
        return switch (test.test()) {
            case ANDERSON_DARLING, OTHER_NUMBERS, CHI_SQUARE -> Finding.DRIFT;
            case NEW_WORDS -> Finding.CATEGORICAL_VALUES;
            case MISSING -> Finding.COMPLETENESS;
        };
    }

    boolean drifted() {
        return !findings.isEmpty();
    }

    /** The columns named by a finding, the strongest first. */
    List<String> driftedColumns() {
        return findings.stream()
                .map(Finding::column)
                .filter(column -> column != null)
                .distinct()
                .toList();
    }
}
