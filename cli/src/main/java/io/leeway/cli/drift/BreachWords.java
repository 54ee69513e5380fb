package io.leeway.cli.drift;

import io.leeway.core.drift.ColumnRules.Breach;
import io.leeway.core.drift.ColumnSample;
import io.leeway.core.drift.Quantiles;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** Says in words which rule a column breaks. */
final class BreachWords {
    private BreachWords() {}

    static String of(Breach breach, ColumnSample before, ColumnSample after) {
        String words =
                switch (breach.rule()) {
                    case CONSTANT -> constant(breach, before, after);
                    case CONVERTED ->
                        String.format(
                                Locale.ROOT,
                                "every value × %s%s, median %s → %s, KS %.2f",
                                Words.number(breach.value()),
                                Words.unit(breach.value()),
                                Words.number(before.numbers().at(0.5)),
                                Words.number(after.numbers().at(0.5)),
                                breach.effect());
                    case NEW_NUMBER ->
                        String.format(
                                Locale.ROOT,
                                "%s in %s of the rows, never seen before (%s to %s)",
                                Words.number(breach.value()),
                                Words.percent(breach.effect()),
                                Words.number(smallest(before.numbers())),
                                Words.number(largest(before.numbers())));
                    case BEYOND_RANGE ->
                        String.format(
                                Locale.ROOT,
                                "%s of the values far beyond all before (%s to %s), now %s to %s",
                                Words.percent(breach.effect()),
                                Words.number(smallest(before.numbers())),
                                Words.number(largest(before.numbers())),
                                Words.number(smallest(after.numbers())),
                                Words.number(largest(after.numbers())));
                    case ROUNDED ->
                        String.format(
                                Locale.ROOT,
                                "rounded: every value is a multiple of %s, as %s of those before were not (%,d → %,d different ones)",
                                Words.number(breach.value()),
                                Words.percent(breach.effect()),
                                different(before),
                                different(after));
                };
        return before.name() + ": " + words;
    }

    private static String constant(Breach breach, ColumnSample before, ColumnSample after) {
        String value = Double.isNaN(breach.value())
                ? "\"" + after.words().keySet().iterator().next() + "\""
                : Words.number(breach.value());
        return String.format(
                Locale.ROOT, "constant, %s in every row, where it had %,d values", value, different(before));
    }

    private static long different(ColumnSample column) {
        return Stream.concat(Arrays.stream(column.numbers().toArray()).boxed(), column.words().keySet().stream())
                .distinct()
                .count();
    }

    private static double smallest(Quantiles values) {
        return values.get(0);
    }

    private static double largest(Quantiles values) {
        return values.get(values.size() - 1);
    }
}
