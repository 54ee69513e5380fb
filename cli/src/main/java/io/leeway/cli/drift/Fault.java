package io.leeway.cli.drift;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Something that goes wrong with one column of a table on its way, and the checks by which a report may name it. */
enum Fault {
    KILOMETRES("miles became kilometres (×1.609)", Finding.DRIFT),
    TENTH("scaled by 0.1", Finding.DRIFT),
    SIGN("sign flipped", Finding.DRIFT),
    ROUNDED("rounded to ten values", Finding.DRIFT),
    CONSTANT("every value the same", Finding.DRIFT),
    SENTINEL("-999 in one of twenty", Finding.DRIFT),
    UNIT_IN_TEXT("number with its unit, as text", Finding.DATA_TYPE),
    BLANK("blank", Finding.COMPLETENESS),
    TENTH_BLANK("one in ten blank", Finding.COMPLETENESS),
    RENAMED("every word renamed", Finding.CATEGORICAL_VALUES),
    MOST_RENAMED("the most frequent word renamed", Finding.CATEGORICAL_VALUES),
    ONE_WORD("the same word everywhere", Finding.DRIFT),
    CODED("words became numbers", Finding.DATA_TYPE, Finding.CATEGORICAL_VALUES),
    CLOCK("clock shifted by five hours", Finding.DRIFT),
    LEFT_OUT("column left out", Finding.MISSING_COLUMN),
    NEW_NAME("column with another name", Finding.MISSING_COLUMN);

    /** A column of fewer different numbers is a code and has no unit. */
    private static final int FEWEST_DIFFERENT = 13;

    private static final long FIVE_HOURS = 5 * 3600L;

    private final String words;
    private final Set<String> checks;

    Fault(String words, String... checks) {
        this.words = words;
        this.checks = Set.of(checks);
    }

    String words() {
        return words;
    }

    /** Whether this check says what is wrong. */
    boolean isNamedBy(String check) {
        return checks.contains(check);
    }

    /** Whether it can befall the column, and would change it. */
    boolean befalls(TableColumn column) {
        if (column.isEmpty()) {
            return false;
        }
        return switch (this) {
            case KILOMETRES, TENTH, SIGN, CONSTANT -> column.isNumbers() && varies(column);
            case ROUNDED -> column.isNumbers() && varies(column) && step(column) > 0;
            case SENTINEL, UNIT_IN_TEXT -> column.isNumbers();
            case RENAMED, MOST_RENAMED, CODED -> column.isWords();
            case ONE_WORD -> column.isWords() && column.counts().size() > 1;
            case CLOCK -> column.isMoments();
            case BLANK, TENTH_BLANK, LEFT_OUT, NEW_NAME -> true;
        };
    }

    private static boolean varies(TableColumn column) {
        return Arrays.stream(column.present())
                        .distinct()
                        .limit(FEWEST_DIFFERENT)
                        .count()
                >= FEWEST_DIFFERENT;
    }

    /** The column with the fault; null where it is left out. */
    TableColumn in(TableColumn column, SplittableRandom random) {
        return switch (this) {
            case KILOMETRES -> numbers(column, value -> 1.609344 * value);
            case TENTH -> numbers(column, value -> 0.1 * value);
            case SIGN -> numbers(column, value -> -value);
            case ROUNDED -> rounded(column);
            case CONSTANT -> constant(column);
            case SENTINEL -> numbers(column, value -> random.nextInt(20) == 0 ? -999 : value);
            case UNIT_IN_TEXT -> words(column.asWords(), word -> word + " km");
            case BLANK -> blank(column, random, 1);
            case TENTH_BLANK -> blank(column, random, 0.1);
            case RENAMED -> words(column, word -> word + "_2");
            case MOST_RENAMED -> renamed(column);
            case ONE_WORD -> oneWord(column);
            case CODED -> coded(column);
            case CLOCK -> shifted(column);
            case LEFT_OUT -> null;
            case NEW_NAME -> named(column, column.name() + "_v2");
        };
    }

    private static TableColumn numbers(TableColumn column, DoubleUnaryOperator change) {
        double[] changed = new double[column.rows()];
        for (int row = 0; row < changed.length; row++) {
            double value = column.number(row);
            changed[row] = Double.isNaN(value) ? value : change.applyAsDouble(value);
        }
        return TableColumn.ofNumbers(column.name(), changed);
    }

    private static TableColumn words(TableColumn column, UnaryOperator<String> change) {
        String[] changed = new String[column.rows()];
        for (int row = 0; row < changed.length; row++) {
            changed[row] = column.word(row) == null ? null : change.apply(column.word(row));
        }
        return TableColumn.ofWords(column.name(), changed);
    }

    private static TableColumn constant(TableColumn column) {
        double[] sorted = Arrays.stream(column.present()).sorted().toArray();
        double median = sorted[sorted.length / 2];
        return numbers(column, value -> median);
    }

    private static TableColumn oneWord(TableColumn column) {
        String most = mostFrequent(column);
        return words(column, word -> most);
    }

    /** To the middle of nine tenths of the values in ten steps. */
    private static TableColumn rounded(TableColumn column) {
        double step = step(column);
        return numbers(column, value -> step * Math.rint(value / step));
    }

    /** Zero where nine tenths of the values are the same. */
    private static double step(TableColumn column) {
        double[] sorted = Arrays.stream(column.present()).sorted().toArray();
        return (sorted[(int) (0.95 * (sorted.length - 1))] - sorted[(int) (0.05 * (sorted.length - 1))]) / 10;
    }

    private static TableColumn renamed(TableColumn column) {
        String most = mostFrequent(column);
        return words(column, word -> word.equals(most) ? most + " (new)" : word);
    }

    private static String mostFrequent(TableColumn column) {
        return column.counts().entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    private static TableColumn coded(TableColumn column) {
        List<String> codes = column.counts().keySet().stream()
                .sorted(Comparator.naturalOrder())
                .toList();
        double[] changed = new double[column.rows()];
        for (int row = 0; row < changed.length; row++) {
            changed[row] = column.word(row) == null ? Double.NaN : codes.indexOf(column.word(row));
        }
        return TableColumn.ofNumbers(column.name(), changed);
    }

    private static TableColumn shifted(TableColumn column) {
        long[] changed = new long[column.rows()];
        for (int row = 0; row < changed.length; row++) {
            long moment = column.moment(row);
            changed[row] = moment == TableColumn.NO_MOMENT ? moment : moment + FIVE_HOURS;
        }
        return TableColumn.ofMoments(column.name(), changed);
    }

    private static TableColumn blank(TableColumn column, SplittableRandom random, double share) {
        boolean[] gone = new boolean[column.rows()];
        for (int row = 0; row < gone.length; row++) {
            gone[row] = random.nextDouble() < share;
        }
        if (column.isNumbers()) {
            double[] left = new double[gone.length];
            Arrays.setAll(left, row -> gone[row] ? Double.NaN : column.number(row));
            return TableColumn.ofNumbers(column.name(), left);
        }
        if (column.isWords()) {
            String[] left = new String[gone.length];
            Arrays.setAll(left, row -> gone[row] ? null : column.word(row));
            return TableColumn.ofWords(column.name(), left);
        }
        long[] left = new long[gone.length];
        Arrays.setAll(left, row -> gone[row] ? TableColumn.NO_MOMENT : column.moment(row));
        return TableColumn.ofMoments(column.name(), left);
    }

    static TableColumn named(TableColumn column, String name) {
        int rows = column.rows();
        if (column.isNumbers()) {
            double[] values = new double[rows];
            Arrays.setAll(values, column::number);
            return TableColumn.ofNumbers(name, values);
        }
        if (column.isWords()) {
            String[] values = new String[rows];
            Arrays.setAll(values, column::word);
            return TableColumn.ofWords(name, values);
        }
        long[] values = new long[rows];
        Arrays.setAll(values, column::moment);
        return TableColumn.ofMoments(name, values);
    }
}
