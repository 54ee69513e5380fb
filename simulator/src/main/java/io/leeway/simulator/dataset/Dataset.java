package io.leeway.simulator.dataset;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A table of columns, as a file holds it. Immutable.
 *
 * @param source for messages: the file it was read from
 * @param name short, for people: the file's name without its endings
 */
public record Dataset(String source, String name, int rows, List<Column> columns) {
    public Dataset {
        columns = List.copyOf(columns);
    }

    public boolean has(String column) {
        return columns.stream().anyMatch(candidate -> candidate.name().equals(column));
    }

    /** The column of this name, or a refusal that lists those that there are. */
    public Column column(String wanted) {
        return columns.stream()
                .filter(candidate -> candidate.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new UnknownColumnException(
                        "must be a column of " + source + ": column=" + wanted + "; there are " + names()));
    }

    /** The same rows with every column changed or left as it is. */
    public Dataset mapped(UnaryOperator<Column> change) {
        return new Dataset(source, name, rows, columns.stream().map(change).toList());
    }

    /** These rows, from 0, in this order; a row may come more than once. */
    public Dataset select(int[] selected) {
        return new Dataset(
                source,
                name,
                selected.length,
                columns.stream().map(column -> column.select(selected)).toList());
    }

    private String names() {
        int shown = 20;
        String names = String.join(
                ", ", columns.stream().limit(shown).map(Column::name).toList());
        return columns.size() <= shown ? names : names + " and " + (columns.size() - shown) + " more";
    }
}
