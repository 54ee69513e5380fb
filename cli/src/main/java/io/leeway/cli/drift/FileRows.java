package io.leeway.cli.drift;

import io.leeway.core.drift.ColumnSample;
import io.leeway.core.drift.DomainClassifier;
import io.leeway.core.drift.SegmentCheck;
import io.leeway.core.drift.SegmentCheck.Segment;
import io.leeway.core.drift.TableCheck;
import io.leeway.core.drift.TableCheck.ColumnTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** What can only be seen of whole rows: how columns go together, and what moved in a segment. */
final class FileRows {
    /** Telling new from old rows no better than this is of no use to know. */
    private static final double MINIMUM_AREA = 0.55;

    private static final long SEED = 20_261_121;

    private final List<Map<String, Object>> reference;
    private final List<Map<String, Object>> current;
    private final double dependence;

    private FileRows(List<Map<String, Object>> reference, List<Map<String, Object>> current, double dependence) {
        this.reference = reference;
        this.current = current;
        this.dependence = dependence;
    }

    /** The rows of the columns that are compared, without moments. */
    static FileRows of(TableFile reference, TableFile current, Pairing pairing) {
        Set<String> compared =
                pairing.reference().stream().map(ColumnSample::name).collect(Collectors.toSet());
        double dependence = java.util.stream.Stream.concat(pairing.reference().stream(), pairing.current().stream())
                .mapToDouble(ColumnSample::dependence)
                .max()
                .orElse(1);
        return new FileRows(rows(reference, compared), rows(current, compared), dependence);
    }

    private static List<Map<String, Object>> rows(TableFile table, Set<String> compared) {
        List<TableColumn> columns = table.columns().stream()
                .filter(column -> compared.contains(column.name()) && !column.isMoments())
                .toList();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int row = 0; row < table.rows(); row++) {
            Map<String, Object> cells = new HashMap<>();
            for (TableColumn column : columns) {
                cells.put(column.name(), column.isWords() ? column.word(row) : cell(column.number(row)));
            }
            rows.add(cells);
        }
        return rows;
    }

    /** Whole numbers without a fraction, for a segment's name. */
    private static Object cell(double number) {
        if (Double.isNaN(number)) {
            return null;
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? (Object) (long) number : (Object) number;
    }

    /** Rows that resemble their neighbours count for fewer: only as many are used. Empty where too few are left. */
    Optional<DomainClassifier> classifier() {
        List<Map<String, Object>> before = apart(reference);
        List<Map<String, Object>> after = apart(current);
        return Math.min(before.size(), after.size()) < DomainClassifier.MINIMUM_ROWS
                ? Optional.empty()
                : Optional.of(DomainClassifier.compare(before, after, new SplittableRandom(SEED)));
    }

    private List<Map<String, Object>> apart(List<Map<String, Object>> rows) {
        int step = (int) Math.min(Integer.MAX_VALUE, Math.ceil(dependence));
        List<Map<String, Object>> kept = new ArrayList<>();
        for (int row = 0; row < rows.size(); row += step) {
            kept.add(rows.get(row));
        }
        return kept;
    }

    static Optional<Finding> finding(DomainClassifier told, double level) {
        return told.pValue() <= level && told.areaUnderCurve() >= MINIMUM_AREA
                ? Optional.of(
                        Finding.of(Finding.DRIFT, null, told.words(), 2 * told.areaUnderCurve() - 1, told.pValue()))
                : Optional.empty();
    }

    SegmentCheck segments(String column, TableCheck.Settings settings) {
        return SegmentCheck.compare(reference, current, column, settings);
    }

    static List<Finding> findings(SegmentCheck check) {
        List<Finding> findings = new ArrayList<>();
        for (Segment segment : check.segments()) {
            segment.tests().stream()
                    .filter(ColumnTest::drifted)
                    .forEach(test -> findings.add(Finding.of(
                            Finding.DRIFT,
                            test.column(),
                            String.format(
                                    Locale.ROOT,
                                    "%s where %s is \"%s\" (%,d → %,d rows), effect %.2f",
                                    test.column(),
                                    check.path(),
                                    segment.word(),
                                    segment.rowsBefore(),
                                    segment.rowsAfter(),
                                    test.effect()),
                            test.effect(),
                            test.adjustedPValue())));
        }
        return findings;
    }

    static Map<String, Object> json(DomainClassifier told) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("areaUnderCurve", told.areaUnderCurve());
        json.put("pValue", told.pValue());
        json.put("rows", told.rows());
        json.put(
                "carriers",
                told.carriers().stream()
                        .map(carrier -> Map.of("column", carrier.input(), "importance", carrier.importance()))
                        .toList());
        return json;
    }

    static List<Map<String, Object>> json(SegmentCheck check) {
        List<Map<String, Object>> segments = new ArrayList<>();
        check.segments().forEach(segment -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("segment", segment.word());
            json.put("referenceRows", segment.rowsBefore());
            json.put("currentRows", segment.rowsAfter());
            json.put("driftedColumns", segment.drifted());
            segments.add(json);
        });
        return segments;
    }
}
