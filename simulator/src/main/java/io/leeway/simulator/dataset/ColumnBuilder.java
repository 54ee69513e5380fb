package io.leeway.simulator.dataset;

import io.leeway.simulator.dataset.RowReader.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Collects the cells of one column: first {@link #consider} each to learn the kind, then {@link #add} each. Not thread-safe. */
final class ColumnBuilder {
    private static final Set<String> INFINITE = Set.of("inf", "infinity");

    private final String name;
    private final String source;
    private Kind kind;
    private boolean words;
    private double[] numbers = new double[0];
    private int[] codes = new int[0];
    private final Map<String, Integer> vocabulary = new HashMap<>();
    private final List<String> ordered = new ArrayList<>();
    private int rows;

    ColumnBuilder(RowReader.Heading heading, boolean asWords, String source) {
        this.name = heading.name();
        this.source = source;
        this.kind = asWords ? Kind.WORDS : heading.kind();
        this.words = kind == Kind.WORDS;
    }

    boolean undecided() {
        return kind == Kind.UNDECLARED;
    }

    void consider(String cell, int row, long line) {
        if (cell != null && kind == Kind.UNDECLARED && !DatasetFile.isNumber(cell)) {
            kind = Kind.WORDS;
            words = true;
        }
    }

    void add(String cell, int row, long line) {
        if (words) {
            codes = rows < codes.length ? codes : Arrays.copyOf(codes, grown());
            codes[rows++] = cell == null ? Column.Words.MISSING : code(cell);
        } else {
            numbers = rows < numbers.length ? numbers : Arrays.copyOf(numbers, grown());
            numbers[rows++] = cell == null ? Double.NaN : parse(cell, row, line);
        }
    }

    Column build() {
        return words
                ? new Column.Words(name, Arrays.copyOf(codes, rows), ordered)
                : new Column.Numbers(name, Arrays.copyOf(numbers, rows));
    }

    private int grown() {
        return Math.max(1024, rows * 2);
    }

    private int code(String word) {
        Integer known = vocabulary.putIfAbsent(word, ordered.size());
        if (known == null) {
            ordered.add(word);
            return ordered.size() - 1;
        }
        return known;
    }

    private double parse(String cell, int row, long line) {
        String where =
                ": file=" + source + ", column=" + name + ", row=" + (row + 1) + " (line " + line + "), value=" + cell;
        if (!DatasetFile.isNumber(cell)) {
            throw new DatasetException("must be a number" + where);
        }
        double value = infinite(cell) ? Double.POSITIVE_INFINITY : Double.parseDouble(cell);
        if (!Double.isFinite(value)) {
            throw new DatasetException("must be finite" + where);
        }
        return value;
    }

    static boolean infinite(String cell) {
        String unsigned = cell.startsWith("-") || cell.startsWith("+") ? cell.substring(1) : cell;
        return unsigned.length() <= 8 && INFINITE.contains(unsigned.toLowerCase(Locale.ROOT));
    }
}
