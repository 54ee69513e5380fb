package io.leeway.drift;

import io.leeway.contracts.DriftWindow;
import io.leeway.core.drift.InputProfile;
import io.leeway.core.drift.Profile;
import io.leeway.core.drift.ProfileLearner;
import io.leeway.core.drift.Quantiles;
import io.leeway.drift.WatchEvent.Decided;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The exact profile of a window of rows: every value is kept, up to 8,192 rows, 8 bytes for a number. Cells are by leaf path: a
 * number, a text, several texts, a flag, or null where it is missing. Not thread safe.
 */
final class WindowProfile {
    private final Map<String, Column> columns = new TreeMap<>();
    private int rows;
    private Instant from;
    private Instant to;

    private static final class Column {
        private double[] numbers = new double[16];
        private int size;
        private int present;
        private final Map<String, Long> words = new HashMap<>();

        private void add(double value) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = value;
        }

        private void add(String word) {
            words.merge(word, 1L, Long::sum);
        }
    }

    /** Takes in a decision that has its row. */
    void add(Decided decided) {
        rows++;
        from = from == null || decided.time().isBefore(from) ? decided.time() : from;
        to = to == null || decided.time().isAfter(to) ? decided.time() : to;
        decided.row().forEach(this::add);
    }

    DriftWindow window() {
        return new DriftWindow(rows, from, to);
    }

    Profile profile() {
        Map<String, InputProfile> inputs = new TreeMap<>();
        columns.forEach((path, column) -> inputs.put(path, input(column)));
        return new Profile(rows, inputs, InputProfile.EMPTY, InputProfile.EMPTY, InputProfile.EMPTY);
    }

    private void add(String path, Object cell) {
        Column column = columns.computeIfAbsent(path, key -> new Column());
        if (cell == null) {
            return;
        }
        column.present++;
        if (cell instanceof Number number) {
            column.add(number.doubleValue());
        } else if (cell instanceof List<?> several) {
            several.forEach(word -> column.add(word.toString()));
        } else {
            column.add(cell.toString());
        }
    }

    private InputProfile input(Column column) {
        double[] numbers = Arrays.copyOf(column.numbers, column.size);
        double mean = Arrays.stream(numbers).average().orElse(0);
        double variance = Arrays.stream(numbers)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
        Map<String, Long> frequent = new LinkedHashMap<>();
        column.words.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(ProfileLearner.CATEGORIES)
                .forEach(entry -> frequent.put(entry.getKey(), entry.getValue()));
        long all = column.words.values().stream().mapToLong(count -> count).sum();
        long kept = frequent.values().stream().mapToLong(count -> count).sum();
        return new InputProfile(
                rows,
                rows - column.present,
                numbers.length,
                mean,
                Math.sqrt(variance),
                Quantiles.of(numbers),
                frequent,
                all - kept);
    }
}
