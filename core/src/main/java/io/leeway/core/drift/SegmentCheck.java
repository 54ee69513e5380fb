package io.leeway.core.drift;

import io.leeway.core.drift.TableCheck.ColumnTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares tables segment by segment, a segment being the rows with one word in one column: a change in a small segment drowns in the
 * whole. One false discovery level holds over all segments and columns. Immutable.
 *
 * @param segments those with rows enough, the one with most columns moved first
 * @param leftOut segments with too few rows on one side, by the rows that they have now
 */
public record SegmentCheck(String path, List<Segment> segments, Map<String, Long> leftOut) {
    /** Rows that a segment must have on both sides. */
    public static final int MINIMUM_ROWS = 30;

    /** Segments that are compared, the most frequent now first. */
    public static final int MOST_SEGMENTS = 50;

    /** One segment, and its tests as of a table of its own, but adjusted over all segments. */
    public record Segment(String word, long rowsBefore, long rowsAfter, List<ColumnTest> tests) {
        public Segment {
            tests = List.copyOf(tests);
        }

        /** Columns that moved in it, the largest effect first. */
        public List<String> drifted() {
            return tests.stream()
                    .filter(ColumnTest::drifted)
                    .map(ColumnTest::column)
                    .distinct()
                    .toList();
        }
    }

    public SegmentCheck {
        segments = List.copyOf(segments);
        leftOut = Map.copyOf(leftOut);
    }

    /** Compares rows of cells by leaf path, split by the words (or flags, or few different numbers) at {@code path}. */
    public static SegmentCheck compare(
            List<? extends Map<String, ?>> before,
            List<? extends Map<String, ?>> after,
            String path,
            TableCheck.Settings settings) {
        Map<String, List<Map<String, ?>>> old = split(before, path);
        Map<String, List<Map<String, ?>>> now = split(after, path);
        List<String> words = now.keySet().stream()
                .sorted(Comparator.<String>comparingInt(word -> -now.get(word).size())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        Map<String, Long> leftOut = new LinkedHashMap<>();
        List<String> compared = new ArrayList<>();
        List<ColumnSample> reference = new ArrayList<>();
        List<ColumnSample> current = new ArrayList<>();
        for (String word : words) {
            int was = old.getOrDefault(word, List.of()).size();
            if (Math.min(was, now.get(word).size()) < MINIMUM_ROWS || compared.size() == MOST_SEGMENTS) {
                leftOut.put(word, (long) now.get(word).size());
            } else {
                reference.addAll(columns(old.get(word), path, compared.size()));
                current.addAll(columns(now.get(word), path, compared.size()));
                compared.add(word);
            }
        }
        Map<String, List<ColumnTest>> tests = new LinkedHashMap<>();
        compared.forEach(word -> tests.put(word, new ArrayList<>()));
        for (ColumnTest test :
                new TableCheck(settings).compare(reference, current).tests()) {
            int cut = test.column().indexOf('\0');
            tests.get(compared.get(Integer.parseInt(test.column().substring(0, cut))))
                    .add(test.of(test.column().substring(cut + 1)));
        }
        List<Segment> segments = new ArrayList<>();
        tests.forEach((word, own) -> segments.add(
                new Segment(word, old.get(word).size(), now.get(word).size(), own)));
        segments.sort(
                Comparator.comparingInt((Segment segment) -> -segment.drifted().size()));
        return new SegmentCheck(path, segments, leftOut);
    }

    public boolean drifted() {
        return segments.stream().anyMatch(segment -> !segment.drifted().isEmpty());
    }

    private static Map<String, List<Map<String, ?>>> split(List<? extends Map<String, ?>> rows, String path) {
        Map<String, List<Map<String, ?>>> split = new LinkedHashMap<>();
        for (Map<String, ?> row : rows) {
            Object cell = row.get(path);
            split.computeIfAbsent(cell == null ? "missing" : cell.toString(), word -> new ArrayList<>())
                    .add(row);
        }
        return split;
    }

    /** Columns named by the segment's number and their own name; the segment's own column says nothing. */
    private static List<ColumnSample> columns(List<? extends Map<String, ?>> rows, String path, int segment) {
        return RowTable.columns(rows).stream()
                .filter(column -> !column.name().equals(path))
                .map(column -> new ColumnSample(
                        segment + "\0" + column.name(),
                        column.rows(),
                        column.numbers(),
                        column.words(),
                        RowOrder.INDEPENDENT))
                .toList();
    }
}
