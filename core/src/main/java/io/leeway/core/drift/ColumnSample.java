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
 * @param order by how much rows resemble their neighbours
 */
public record ColumnSample(String name, long rows, Quantiles numbers, Map<String, Long> words, RowOrder order) {
    public ColumnSample {
        words = Collections.unmodifiableMap(new TreeMap<>(words));
        long there = numbers.size()
                + words.values().stream().mapToLong(Long::longValue).sum();
        if (there > rows) {
            throw new IllegalArgumentException("must be <= rows=" + rows + ": values=" + there);
        }
    }

    public static ColumnSample ofNumbers(String name, long rows, double[] numbers) {
        return new ColumnSample(name, rows, Quantiles.of(numbers), Map.of(), RowOrder.INDEPENDENT);
    }

    public static ColumnSample ofWords(String name, long rows, Map<String, Long> words) {
        return new ColumnSample(name, rows, Quantiles.of(new double[0]), words, RowOrder.INDEPENDENT);
    }

    public ColumnSample withDependence(double rowsForOne) {
        return new ColumnSample(name, rows, numbers, words, new RowOrder(rowsForOne, rowsForOne, 0, 0));
    }

    public ColumnSample withOrder(RowOrder rows) {
        return new ColumnSample(name, this.rows, numbers, words, rows);
    }

    /** How many rows in a row count for one independent row, at least 1. */
    public double dependence() {
        return order.dependence();
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
