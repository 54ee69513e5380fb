package io.leeway.core.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Rows of cells by leaf path (a number, a text, several texts, a flag, or null) as columns of numbers for trees: one per numeric
 * path, NaN where it is missing, and of words one per frequent word and one with the word's rank. Immutable.
 */
final class RowColumns {
    private static final int WORDS = 12;
    private static final int RANKS = 1000;

    /** What one column holds: the path's number (word null, not ranked), whether a word is there, or the word's rank. */
    private record Source(String path, String word, Map<String, Integer> ranks) {}

    private final List<Source> sources;
    private final boolean prediction;

    private RowColumns(List<Source> sources, boolean prediction) {
        this.sources = sources;
        this.prediction = prediction;
    }

    /** @param prediction name of a column of its own for predictions, the last; null without one */
    static RowColumns learn(List<? extends Map<String, ?>> rows, String prediction) {
        TreeMap<String, Map<String, Long>> words = new TreeMap<>();
        TreeMap<String, Integer> numbers = new TreeMap<>();
        for (Map<String, ?> row : rows) {
            row.forEach((path, cell) -> {
                if (cell instanceof Number) {
                    numbers.merge(path, 1, Integer::sum);
                } else if (cell == null) {
                    numbers.merge(path, 0, Integer::sum);
                } else {
                    Map<String, Long> counts = words.computeIfAbsent(path, key -> new HashMap<>());
                    texts(cell).forEach(word -> counts.merge(word, 1L, Long::sum));
                }
            });
        }
        List<Source> sources = new ArrayList<>();
        numbers.forEach((path, count) -> {
            if (count > 0 || !words.containsKey(path)) {
                sources.add(new Source(path, null, null));
            }
        });
        words.forEach((path, counts) -> {
            Map<String, Integer> ranks = new LinkedHashMap<>();
            counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(RANKS)
                    .forEach(entry -> ranks.put(entry.getKey(), ranks.size()));
            ranks.keySet().stream().limit(WORDS).forEach(word -> sources.add(new Source(path, word, null)));
            if (ranks.size() > WORDS) {
                sources.add(new Source(path, null, ranks));
            }
        });
        if (prediction != null) {
            sources.add(new Source(prediction, null, null));
        }
        return new RowColumns(sources, prediction != null);
    }

    int size() {
        return sources.size();
    }

    String path(int column) {
        return sources.get(column).path;
    }

    /** By column, then row. @param predictions one per row if there is a column for them, else null */
    float[][] encode(List<? extends Map<String, ?>> rows, double[] predictions) {
        float[][] columns = new float[sources.size()][rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            Map<String, ?> row = rows.get(i);
            for (int c = 0; c < columns.length; c++) {
                columns[c][i] = prediction && c == columns.length - 1
                        ? (float) predictions[i]
                        : value(sources.get(c), row.get(sources.get(c).path));
            }
        }
        return columns;
    }

    private static float value(Source source, Object cell) {
        if (source.word != null) {
            return cell == null ? Float.NaN : texts(cell).contains(source.word) ? 1 : 0;
        }
        if (source.ranks != null) {
            return cell == null
                    ? Float.NaN
                    : source.ranks.getOrDefault(texts(cell).get(0), RANKS);
        }
        return cell instanceof Number number ? number.floatValue() : Float.NaN;
    }

    private static List<String> texts(Object cell) {
        if (cell instanceof List<?> several) {
            return several.isEmpty()
                    ? List.of("")
                    : several.stream().map(String::valueOf).toList();
        }
        return List.of(cell.toString());
    }

    /** The rows at places [from, to) of an order. */
    static float[][] rows(float[][] columns, int[] order, int from, int to) {
        float[][] some = new float[columns.length][to - from];
        for (int c = 0; c < columns.length; c++) {
            for (int i = from; i < to; i++) {
                some[c][i - from] = columns[c][order[i]];
            }
        }
        return some;
    }

    static int[] shuffled(int size, SplittableRandom random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
