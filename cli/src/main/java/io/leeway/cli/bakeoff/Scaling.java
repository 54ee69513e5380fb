package io.leeway.cli.bakeoff;

import io.leeway.simulator.dataset.Column;
import io.leeway.simulator.dataset.Dataset;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is done to the numbers of a data set before any policy sees them; columns of only 0 and 1 are left as they are. */
enum Scaling {
    /** Nothing: policies get what the file holds. */
    NONE("none"),
    /** By mean and deviation of the rows that have come so far. */
    RUNNING("running"),
    /** By mean and deviation of the whole file: a look ahead that no live service has. */
    WHOLE_FILE("whole-file");

    private final String word;

    Scaling(String word) {
        this.word = word;
    }

    /** The rows in their order, scaled. */
    Dataset apply(Dataset dataset, int[] order, Predicate<Column> isContext) {
        Predicate<Column> isScaled =
                column -> isContext.test(column) && column instanceof Column.Numbers numbers && !numbers.isIndicator();
        Set<String> scaled =
                dataset.columns().stream().filter(isScaled).map(Column::name).collect(Collectors.toSet());
        return switch (this) {
            case NONE -> dataset.select(order);
            case WHOLE_FILE ->
                dataset.mapped(column ->
                                scaled.contains(column.name()) ? ((Column.Numbers) column).standardised() : column)
                        .select(order);
            case RUNNING ->
                dataset.select(order)
                        .mapped(column -> scaled.contains(column.name())
                                ? ((Column.Numbers) column).standardisedAsTheyCome()
                                : column);
        };
    }

    @Override
    public String toString() {
        return word;
    }
}
