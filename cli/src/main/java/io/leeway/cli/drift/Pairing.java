package io.leeway.cli.drift;

import io.leeway.core.drift.ColumnSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of two tables made comparable: types brought together, moments turned into hours of the day, columns that only
 * count along set aside. What is wrong with names and types is found on the way.
 */
final class Pairing {
    private static final long DAY = 86_400;

    /** With fewer days than this the hours of a day are not all alike in both. */
    private static final long ENOUGH_DAYS = 6;

    /** A column of fewer different values does not count anything. */
    private static final int DIFFERENT = 10;

    private final List<ColumnSample> reference = new ArrayList<>();
    private final List<ColumnSample> current = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();

    /** Columns that are compared under another name, by that name. */
    private final Map<String, String> columns = new LinkedHashMap<>();

    private Pairing() {}

    static Pairing of(TableFile reference, TableFile current) {
        Pairing pairing = new Pairing();
        Map<String, TableColumn> after = current.byName();
        for (TableColumn before : reference.columns()) {
            if (after.containsKey(before.name())) {
                pairing.pair(before, after.get(before.name()));
            } else {
                pairing.findings.add(Finding.of(
                        Finding.MISSING_COLUMN,
                        before.name(),
                        "\"" + before.name() + "\" is not there any more",
                        1,
                        Double.NaN));
            }
        }
        Map<String, TableColumn> known = reference.byName();
        current.columns().stream()
                .filter(column -> !known.containsKey(column.name()))
                .forEach(column -> pairing.findings.add(Finding.of(
                        Finding.EXTRA_COLUMN, column.name(), "\"" + column.name() + "\" is new", 0.1, Double.NaN)));
        return pairing;
    }

    List<ColumnSample> reference() {
        return reference;
    }

    List<ColumnSample> current() {
        return current;
    }

    List<Finding> findings() {
        return findings;
    }

    /** The column of the table that is compared under this name, as in "pickup (hour)". */
    String column(String compared) {
        return columns.getOrDefault(compared, compared);
    }

    /** Columns that were not compared, and why. */
    Map<String, String> leftOut() {
        return leftOut;
    }

    private void pair(TableColumn before, TableColumn after) {
        if (before.isEmpty() || after.isEmpty()) {
            // Nothing but how much is missing can be compared.
            reference.add(sample(before));
            current.add(sample(after));
        } else if (before.isMoments() && after.isMoments()) {
            moments(before, after);
        } else if (before.isMoments() || after.isMoments()) {
            findings.add(Finding.of(
                    Finding.DATA_TYPE,
                    before.name(),
                    before.name() + ": " + (before.isMoments() ? "dates or times" : "something else") + " became "
                            + (after.isMoments() ? "dates or times" : "something else"),
                    1,
                    Double.NaN));
        } else if (before.isNumbers() && after.isNumbers()) {
            if (countsOn(before, after)) {
                leftOut.put(before.name(), "counts along with the rows in both tables");
            } else {
                add(before, after);
            }
        } else if (before.isNumbers()) {
            numbersBecameWords(before, after);
        } else {
            wordsOrMixed(before, after);
        }
    }

    private void add(TableColumn before, TableColumn after) {
        reference.add(sample(before));
        current.add(sample(after));
    }

    private void numbersBecameWords(TableColumn before, TableColumn after) {
        TableColumn numbers = after.asNumbers();
        long wrong = numbers.missing() - after.missing();
        double share = (double) wrong / (after.rows() - after.missing());
        String example = after.counts().keySet().stream()
                .filter(word -> Double.isNaN(TableColumn.parsed(word)))
                .sorted()
                .findFirst()
                .orElse("");
        findings.add(Finding.of(
                Finding.DATA_TYPE,
                before.name(),
                String.format(
                        "%s: %s of the values are not numbers any more, such as \"%s\"",
                        before.name(), Words.percent(share), example),
                Math.max(0.1, share),
                Double.NaN));
        if (!numbers.isEmpty()) {
            reference.add(sample(before));
            // What is of the wrong type is not missing.
            current.add(ColumnSample.ofNumbers(after.name(), after.rows() - wrong, numbers.present()));
        }
    }

    private void wordsOrMixed(TableColumn before, TableColumn after) {
        if (after.isNumbers() && before.asNumbers().missing() > 1.5 * before.missing() + 0.5 * before.rows()) {
            findings.add(Finding.of(
                    Finding.DATA_TYPE, before.name(), before.name() + ": words became numbers", 1, Double.NaN));
        }
        add(before.asWords(), after.asWords());
    }

    private void moments(TableColumn before, TableColumn after) {
        if (days(before) < ENOUGH_DAYS || days(after) < ENOUGH_DAYS) {
            leftOut.put(before.name(), "dates and times of less than a week");
            return;
        }
        leftOut.put(before.name(), "dates and times: compared by hour of the day");
        TableColumn hours = hours(before);
        columns.put(hours.name(), before.name());
        add(hours, hours(after));
    }

    private static long days(TableColumn moments) {
        return java.util.stream.IntStream.range(0, moments.rows())
                .mapToLong(moments::moment)
                .filter(moment -> moment != TableColumn.NO_MOMENT)
                .map(moment -> Math.floorDiv(moment, DAY))
                .distinct()
                .count();
    }

    private static TableColumn hours(TableColumn moments) {
        String[] hours = new String[moments.rows()];
        for (int row = 0; row < hours.length; row++) {
            long moment = moments.moment(row);
            hours[row] =
                    moment == TableColumn.NO_MOMENT ? null : String.format("%02d h", Math.floorMod(moment, DAY) / 3600);
        }
        return TableColumn.ofWords(moments.name() + " (hour)", hours);
    }

    /** An index or a date as a number: it hardly ever falls, and the current table has nothing of the reference's first half. */
    private static boolean countsOn(TableColumn before, TableColumn after) {
        double[] first = before.present();
        double[] second = after.present();
        return rises(first)
                && rises(second)
                && !standsStill(before, second)
                && Arrays.stream(second).min().orElseThrow() >= first[first.length / 2]
                && Arrays.stream(first).distinct().count() >= DIFFERENT;
    }

    /** One value for more rows than any value had before. */
    private static boolean standsStill(TableColumn before, double[] values) {
        return values.length > 2 * before.longestRun() && Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    private static boolean rises(double[] values) {
        int falls = 0;
        for (int i = 1; i < values.length; i++) {
            falls += values[i] < values[i - 1] ? 1 : 0;
        }
        return falls <= 1 + values.length / 1000;
    }

    private static ColumnSample sample(TableColumn column) {
        if (column.isNumbers()) {
            return ColumnSample.ofNumbers(column.name(), column.rows(), column.present())
                    .withOrder(column.order());
        }
        return column.isWords()
                ? ColumnSample.ofWords(column.name(), column.rows(), column.counts())
                        .withOrder(column.order())
                : ColumnSample.ofWords(
                        column.name(), column.rows(), Map.of("moments", column.rows() - column.missing()));
    }
}
