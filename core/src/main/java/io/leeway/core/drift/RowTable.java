package io.leeway.core.drift;

import io.leeway.core.features.Leaves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows of cells by leaf path (a number, a text, several texts, a flag, or null) seen otherwise. Thread-safe: no state. */
public final class RowTable {
    private RowTable() {}

    private static final class Cells {
        private double[] numbers = new double[16];
        private int size;
        private final Map<String, Long> words = new HashMap<>();

        private void add(Object cell) {
            if (cell instanceof Number number) {
                if (size == numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * size);
                }
                numbers[size++] = number.doubleValue();
            } else if (cell instanceof List<?> several) {
                // A column has at most one word a row: several are one set.
                words.merge(
                        several.stream().map(String::valueOf).sorted().toList().toString(), 1L, Long::sum);
            } else if (cell != null) {
                words.merge(cell.toString(), 1L, Long::sum);
            }
        }
    }

    /** The columns of the rows, for a {@link TableCheck}, in the order of their paths. */
    public static List<ColumnSample> columns(List<? extends Map<String, ?>> rows) {
        Map<String, Cells> columns = new TreeMap<>();
        rows.forEach(row -> row.forEach((path, cell) ->
                columns.computeIfAbsent(path, key -> new Cells()).add(cell)));
        List<ColumnSample> samples = new ArrayList<>();
        columns.forEach((path, cells) -> samples.add(new ColumnSample(
                path,
                rows.size(),
                Quantiles.of(Arrays.copyOf(cells.numbers, cells.size)),
                cells.words,
                RowOrder.INDEPENDENT)));
        return samples;
    }

    /** The row as the nested objects whose leaves have these paths; items of lists become fields named by their index. */
    public static Map<String, Object> nested(Map<String, ?> row) {
        Map<String, Object> nested = new LinkedHashMap<>();
        row.forEach((path, cell) -> {
            Map<String, Object> at = nested;
            List<String> keys = Leaves.keys(path);
            for (String key : keys.subList(0, keys.size() - 1)) {
                @SuppressWarnings("unchecked") // Only maps of our own are put where others are looked for.
                Map<String, Object> next =
                        (Map<String, Object>) at.computeIfAbsent(key, name -> new LinkedHashMap<String, Object>());
                at = next;
            }
            at.put(keys.get(keys.size() - 1), cell);
        });
        return nested;
    }
}
