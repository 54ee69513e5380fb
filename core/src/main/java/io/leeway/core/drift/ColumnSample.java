package io.leeway.core.drift;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The values of one column of a table: numbers, words, or some of each; whatever is neither is missing. Immutable.
 *
 * @param rows rows of the table
 * @param numbers the column's numbers, sorted
 * @param words how often each word occurs
 * @param dependence how many rows in a row count for one independent row, at least 1; see {@link SerialDependence}
 */
public record ColumnSample(String name, long rows, Quantiles numbers, Map<String, Long> words, double dependence) {
    public ColumnSample {
        if (!(dependence >= 1)) {
            throw new IllegalArgumentException("must be >= 1: dependence=" + dependence);
        }
        words = Collections.unmodifiableMap(new TreeMap<>(words));
        long there = numbers.size()
                + words.values().stream().mapToLong(Long::longValue).sum();
        if (there > rows) {
            throw new IllegalArgumentException("must be <= rows=" + rows + ": values=" + there);
        }
    }

    public static ColumnSample ofNumbers(String name, long rows, double[] numbers) {
        return new ColumnSample(name, rows, Quantiles.of(numbers), Map.of(), 1);
    }

    public static ColumnSample ofWords(String name, long rows, Map<String, Long> words) {
        return new ColumnSample(name, rows, Quantiles.of(new double[0]), words, 1);
    }

    public ColumnSample withDependence(double rowsForOne) {
        return new ColumnSample(name, rows, numbers, words, rowsForOne);
    }

    public long wordCount() {
        return words.values().stream().mapToLong(Long::longValue).sum();
    }

    public long missing() {
        return rows - numbers.size() - wordCount();
    }

    /** Share of the rows that have a value, in [0, 1]; 1 of no rows. */
    public double completeness() {
        return rows == 0 ? 1 : 1 - (double) missing() / rows;
    }
}
