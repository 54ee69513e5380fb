package io.leeway.cli.drift;

import io.leeway.core.drift.RowOrder;
import io.leeway.core.drift.SerialDependence;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/** A column of a file: numbers (NaN where missing), words (null where missing) or moments in seconds. */
final class TableColumn {
    static final long NO_MOMENT = Long.MIN_VALUE;

    private final String name;
    private final double[] numbers;
    private final String[] words;
    private final long[] moments;

    private TableColumn(String name, double[] numbers, String[] words, long[] moments) {
        this.name = name;
        this.numbers = numbers;
        this.words = words;
        this.moments = moments;
    }

    static TableColumn ofNumbers(String name, double[] numbers) {
        return new TableColumn(name, numbers, null, null);
    }

    static TableColumn ofWords(String name, String[] words) {
        return new TableColumn(name, null, words, null);
    }

    /** @param seconds since 1970 of the clock on the wall; {@link #NO_MOMENT} where missing */
    static TableColumn ofMoments(String name, long[] seconds) {
        return new TableColumn(name, null, null, seconds);
    }

    String name() {
        return name;
    }

    boolean isNumbers() {
        return numbers != null;
    }

    boolean isWords() {
        return words != null;
    }

    boolean isMoments() {
        return moments != null;
    }

    int rows() {
        return numbers != null ? numbers.length : words != null ? words.length : moments.length;
    }

    boolean isEmpty() {
        return rows() == missing();
    }

    long missing() {
        if (numbers != null) {
            return Arrays.stream(numbers).filter(Double::isNaN).count();
        }
        return words != null
                ? Arrays.stream(words).filter(word -> word == null).count()
                : Arrays.stream(moments).filter(moment -> moment == NO_MOMENT).count();
    }

    double number(int row) {
        return numbers[row];
    }

    String word(int row) {
        return words[row];
    }

    long moment(int row) {
        return moments[row];
    }

    /** The numbers that are there. */
    double[] present() {
        return Arrays.stream(numbers).filter(value -> !Double.isNaN(value)).toArray();
    }

    /** The numbers in their order; of words, whether each is the most frequent one. */
    double[] series() {
        if (numbers != null) {
            return present();
        }
        if (words == null) {
            return new double[0];
        }
        String most = counts().entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("");
        return Arrays.stream(words)
                .filter(word -> word != null)
                .mapToDouble(word -> word.equals(most) ? 1 : 0)
                .toArray();
    }

    /** By how much rows resemble their neighbours, of numbers or words. */
    RowOrder order() {
        double dependence = SerialDependence.of(series());
        // Where what is missing comes in one block, nothing is known of how it would depend.
        long[] runs = runs();
        return new RowOrder(dependence, Math.min(dependence, SerialDependence.of(missingOrNot())), runs[0], runs[1]);
    }

    /** Rows in a row that have the same number or word, at most. */
    long longestRun() {
        return runs()[0];
    }

    private double[] missingOrNot() {
        double[] missing = new double[rows()];
        Arrays.setAll(missing, row -> isMissing(row) ? 1 : 0);
        return missing;
    }

    private boolean isMissing(int row) {
        return numbers != null ? Double.isNaN(numbers[row]) : words[row] == null;
    }

    /** The longest of each value, the two longest, else 0; rows without a value do not part a run. */
    private long[] runs() {
        Map<Object, Long> longest = new HashMap<>();
        long run = 0;
        int last = -1;
        for (int row = 0; row < rows(); row++) {
            if (!isMissing(row)) {
                run = last >= 0 && isSame(last, row) ? run + 1 : 1;
                longest.merge(numbers != null ? (Object) numbers[row] : words[row], run, Math::max);
                last = row;
            }
        }
        return LongStream.concat(
                        longest.values().stream().mapToLong(length -> -length).sorted(), LongStream.of(0, 0))
                .limit(2)
                .map(length -> -length)
                .toArray();
    }

    private boolean isSame(int row, int other) {
        return numbers != null ? numbers[row] == numbers[other] : words[row].equals(words[other]);
    }

    Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        for (String word : words) {
            if (word != null) {
                counts.merge(word, 1L, Long::sum);
            }
        }
        return counts;
    }

    /** Numbers as words, whole ones without a fraction. */
    TableColumn asWords() {
        if (words != null) {
            return this;
        }
        String[] texts = new String[rows()];
        for (int row = 0; row < texts.length; row++) {
            double value = numbers[row];
            if (!Double.isNaN(value)) {
                texts[row] = value == Math.rint(value) && Math.abs(value) < 1e15
                        ? Long.toString((long) value)
                        : Double.toString(value);
            }
        }
        return ofWords(name, texts);
    }

    /** Words that are numbers, as numbers; the others missing. */
    TableColumn asNumbers() {
        double[] values = new double[words.length];
        for (int row = 0; row < values.length; row++) {
            values[row] = words[row] == null ? Double.NaN : parsed(words[row]);
        }
        return ofNumbers(name, values);
    }

    static double parsed(String word) {
        try {
            double value = Double.parseDouble(word);
            return Double.isFinite(value) ? value : Double.NaN;
        } catch (NumberFormatException notOne) {
            return Double.NaN;
        }
    }

    /** Hash of the cell, equal for equal cells. */
    long hash(int row) {
        if (numbers != null) {
            return Double.doubleToLongBits(numbers[row] + 0.0);
        }
        return words != null ? (words[row] == null ? 0 : words[row].hashCode()) : moments[row];
    }
}
