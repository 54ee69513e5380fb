package io.leeway.core.drift;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * How the shares of words changed, such as those of the actions that were offered or chosen: total variation with the p-value of
 * chi-square (rare words pooled). Immutable.
 *
 * @param totalVariation half of the sum of the shares' differences: the share of rows that would have to change, in [0, 1]
 * @param moved the words of the largest differences, at most {@link #MOST_MOVED}, the largest first
 */
public record CategoryChange(double totalVariation, double statistic, double pValue, List<Moved> moved) {
    public static final int MOST_MOVED = 5;

    /** A word's shares before and after, in [0, 1]. */
    public record Moved(String word, double before, double after) {}

    public CategoryChange {
        moved = List.copyOf(moved);
    }

    /** Compares counts by word; no change where one side is empty. */
    public static CategoryChange of(Map<String, Long> before, Map<String, Long> after) {
        double n = before.values().stream().mapToLong(Long::longValue).sum();
        double m = after.values().stream().mapToLong(Long::longValue).sum();
        if (n == 0 || m == 0) {
            return new CategoryChange(0, 0, 1, List.of());
        }
        TreeSet<String> words = new TreeSet<>(before.keySet());
        words.addAll(after.keySet());
        List<Moved> all = words.stream()
                .map(word -> new Moved(word, before.getOrDefault(word, 0L) / n, after.getOrDefault(word, 0L) / m))
                .toList();
        TestResult test = ChiSquare.test(before, after);
        return new CategoryChange(
                all.stream().mapToDouble(CategoryChange::size).sum() / 2,
                test.statistic(),
                test.pValue(),
                all.stream()
                        .filter(one -> size(one) > 0)
                        .sorted(Comparator.comparingDouble(CategoryChange::size).reversed())
                        .limit(MOST_MOVED)
                        .toList());
    }

    private static double size(Moved one) {
        return Math.abs(one.before - one.after);
    }

    /** Such as "chosen actions: 'a' 20% -> 35%, 'b' 30% -> 14%, total variation 0.16". */
    public String words(String name) {
        StringBuilder words = new StringBuilder(name).append(": ");
        moved.stream()
                .limit(3)
                .forEach(one -> words.append(String.format(
                        Locale.ROOT, "'%s' %.1f%% -> %.1f%%, ", one.word, 100 * one.before, 100 * one.after)));
        return words.append(String.format(Locale.ROOT, "total variation %.2f", totalVariation))
                .toString();
    }
}
