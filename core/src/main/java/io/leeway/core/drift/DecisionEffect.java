package io.leeway.core.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How much the change of one input changes what the model says: new rows are scored as they are, and with that input carried back to
 * its old distribution by the shortest way (numbers by rank, words by moving as few as it takes). An input that did not change changes
 * nothing; one that did and that the model does not heed, neither. Works for scorers of any kind. Immutable.
 *
 * @param score mean absolute change of the scores, over rows and actions, in the scores' unit
 * @param decisions share of the rows whose best action is another one, in [0, 1]; 0 with a single score
 * @see "Villani, Optimal Transport, Old and New, Springer 2009, section 2.2 (monotone rearrangement)"
 */
public record DecisionEffect(String input, double score, double decisions) {
    /** New rows that are scored. */
    public static final int MOST_ROWS = 512;

    /**
     * Ranks inputs by their effect on decisions, then on scores, the largest first.
     *
     * @param scores of a row, one per action or a single prediction; rows are as in {@code after}, see {@link RowTable#nested}
     * @param before old rows, at least one
     * @param after new rows, at least one
     */
    public static List<DecisionEffect> rank(
            Function<Map<String, Object>, double[]> scores,
            List<? extends Map<String, ?>> before,
            List<? extends Map<String, ?>> after,
            List<String> inputs,
            SplittableRandom random) {
        int[] order = RowColumns.shuffled(after.size(), random);
        int size = Math.min(order.length, MOST_ROWS);
        List<double[]> asTheyAre = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            asTheyAre.add(scores.apply(new HashMap<>(after.get(order[i]))));
        }
        List<DecisionEffect> effects = new ArrayList<>();
        for (String input : inputs) {
            Object[] carried = carried(cells(before, input), cells(after, input), random);
            double moved = 0;
            double decided = 0;
            for (int i = 0; i < size; i++) {
                Object cell = carried[order[i]];
                Map<String, ?> row = after.get(order[i]);
                if (!java.util.Objects.equals(cell, row.get(input))) {
                    Map<String, Object> changed = new HashMap<>(row);
                    changed.put(input, cell);
                    double[] now = asTheyAre.get(i);
                    double[] then = scores.apply(changed);
                    for (int a = 0; a < now.length; a++) {
                        moved += Math.abs(now[a] - then[a]) / now.length;
                    }
                    decided += best(now) == best(then) ? 0 : 1;
                }
            }
            effects.add(new DecisionEffect(input, moved / size, decided / size));
        }
        effects.sort(Comparator.comparingDouble(DecisionEffect::decisions)
                .thenComparingDouble(DecisionEffect::score)
                .reversed()
                .thenComparing(DecisionEffect::input));
        return effects;
    }

    /** Such as "trip_distance: changes 12.5% of the decisions, scores by 0.31 on average". */
    public String words() {
        return String.format(
                Locale.ROOT,
                "%s: changes %.1f%% of the decisions, scores by %.3g on average",
                input,
                100 * decisions,
                score);
    }

    private static int best(double[] scores) {
        int best = 0;
        for (int a = 1; a < scores.length; a++) {
            best = scores[a] > scores[best] ? a : best;
        }
        return best;
    }

    private static Object[] cells(List<? extends Map<String, ?>> rows, String input) {
        return rows.stream().map(row -> row.get(input)).toArray();
    }

    /** The new cells, carried to the old distribution. */
    private static Object[] carried(Object[] before, Object[] after, SplittableRandom random) {
        double[] numbersBefore = numbers(before);
        double[] numbersAfter = numbers(after);
        boolean numeric = numbersBefore.length > 0 && numbersAfter.length > 0;
        Object[] result = after.clone();
        double[] ranks = numeric ? ranks(after, numbersAfter, random) : new double[0];
        for (int i = 0; i < after.length; i++) {
            if (numeric && after[i] instanceof Number) {
                result[i] = numbersBefore[(int) Math.min(numbersBefore.length - 1, ranks[i] * numbersBefore.length)];
            }
        }
        // Numbers are one kind of cell among the words and the missing: how many there are may have changed, too.
        return carriedKinds(before, after, result, random);
    }

    private static Object[] carriedKinds(Object[] before, Object[] after, Object[] result, SplittableRandom random) {
        Map<String, List<Object>> old = kinds(before);
        Map<String, List<Object>> now = kinds(after);
        Map<String, Double> lacking = new TreeMap<>();
        double missing = 0;
        for (Map.Entry<String, List<Object>> kind : old.entrySet()) {
            double less = (double) kind.getValue().size() / before.length
                    - (double) now.getOrDefault(kind.getKey(), List.of()).size() / after.length;
            if (less > 0) {
                lacking.put(kind.getKey(), less);
                missing += less;
            }
        }
        for (int i = 0; i < after.length && missing > 1e-12; i++) {
            String kind = kind(after[i]);
            double is = (double) now.get(kind).size() / after.length;
            double was = (double) old.getOrDefault(kind, List.of()).size() / before.length;
            if (random.nextDouble() >= was / is) {
                double draw = random.nextDouble() * missing;
                for (Map.Entry<String, Double> entry : lacking.entrySet()) {
                    draw -= entry.getValue();
                    List<Object> cells = old.get(entry.getKey());
                    result[i] = cells.get(random.nextInt(cells.size()));
                    if (draw <= 0) {
                        break;
                    }
                }
            }
        }
        return result;
    }

    private static Map<String, List<Object>> kinds(Object[] cells) {
        Map<String, List<Object>> kinds = new TreeMap<>();
        for (Object cell : cells) {
            kinds.computeIfAbsent(kind(cell), key -> new ArrayList<>()).add(cell);
        }
        return kinds;
    }

    private static String kind(Object cell) {
        return cell == null ? "\0missing" : cell instanceof Number ? "\0number" : cell.toString();
    }

    private static double[] numbers(Object[] cells) {
        return Arrays.stream(cells)
                .filter(cell -> cell instanceof Number)
                .mapToDouble(cell -> ((Number) cell).doubleValue())
                .sorted()
                .toArray();
    }

    /** Where each number stands among all, in [0, 1); equal ones anywhere in their group. */
    private static double[] ranks(Object[] cells, double[] sorted, SplittableRandom random) {
        double[] ranks = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] instanceof Number number) {
                int low = firstAtLeast(sorted, number.doubleValue());
                int high = firstAtLeast(sorted, Math.nextUp(number.doubleValue()));
                ranks[i] = (low + random.nextDouble() * (high - low)) / sorted.length;
            }
        }
        return ranks;
    }

    private static int firstAtLeast(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
