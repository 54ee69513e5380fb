package io.leeway.cli.drift;

import io.leeway.core.drift.FisherExact;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows that stand in a table more than once, all cells alike, as when a day was loaded twice. */
final class Duplicates {
    /** A smaller share more than in the reference is not worth a word. */
    private static final double MINIMUM = 0.005;

    private static final double LEVEL = 1e-4;

    private final long repeated;
    private final String where;

    private Duplicates(long repeated, String where) {
        this.repeated = repeated;
        this.where = where;
    }

    static Optional<Finding> more(TableFile reference, TableFile current) {
        Duplicates before = in(reference);
        Duplicates after = in(current);
        double was = (double) before.repeated / reference.rows();
        double is = (double) after.repeated / current.rows();
        double p = FisherExact.pValue(before.repeated, reference.rows(), after.repeated, current.rows());
        if (is - was < MINIMUM || p > LEVEL) {
            return Optional.empty();
        }
        String words = String.format(
                "%,d rows stand there more than once (%s → %s of all), most of them %s",
                after.repeated, Words.percent(was), Words.percent(is), after.where);
        return Optional.of(Finding.of(Finding.DUPLICATES, null, words, is - was, p));
    }

    private static Duplicates in(TableFile table) {
        Set<Long> seen = new HashSet<>();
        Map<String, Long> places = new HashMap<>();
        long repeated = 0;
        for (int row = 0; row < table.rows(); row++) {
            if (!seen.add(hash(table, row))) {
                repeated++;
                places.merge(place(table, row), 1L, Long::sum);
            }
        }
        String most = places.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("nowhere");
        return new Duplicates(repeated, most);
    }

    /** The day by the table's clock, otherwise the stretch of a thousand rows. */
    private static String place(TableFile table, int row) {
        Optional<TableColumn> clock = table.clock();
        if (clock.isPresent() && clock.get().moment(row) != TableColumn.NO_MOMENT) {
            return "of "
                    + LocalDate.ofEpochDay(Math.floorDiv(clock.get().moment(row), 86_400L))
                    + " (" + clock.get().name() + ")";
        }
        int from = row / 1000 * 1000 + 1;
        return "in rows " + from + " to " + (from + 999);
    }

    private static long hash(TableFile table, int row) {
        long hash = 0xcbf29ce484222325L;
        for (TableColumn column : table.columns()) {
            hash = (hash ^ column.hash(row)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
