package io.leeway.core.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Whether a model can tell new rows from old ones, and by what: sees changes of how inputs go together that no input shows by itself.
 * Small boosted trees are taught on one half of the rows and judged on the other, and the other way round. Immutable.
 *
 * <p>Rows that the model was not taught are ranked by it; if old and new are alike, every order of them is as likely, so Mann and
 * Whitney's test of the ranks is right, whatever the model. Twice the smaller p-value of the two halves is right however they depend on
 * each other.
 *
 * @param rows of both kinds that were used
 * @param areaUnderCurve chance that a new row looks newer than an old one, mean of the halves: 0.5 is no telling, 1 is always right
 * @param carriers inputs by how much of that is lost when the input is shuffled over the held-out rows, the most first; none where they
 *     were not sought
 * @see "Lopez-Paz and Oquab, Revisiting classifier two-sample tests, ICLR 2017"
 * @see "Rabanser, Guennemann and Lipton, Failing loudly: an empirical study of methods for detecting dataset shift, NeurIPS 2019"
 * @see "Breiman, Random forests, Machine Learning 45, 2001, 5-32 (permutation importance)"
 */
public record DomainClassifier(long rows, double areaUnderCurve, double pValue, List<Carrier> carriers) {
    /** Rows of each kind that are used at most. */
    public static final int MOST_ROWS = 4096;

    /** Rows of each kind below which nothing can be taught. */
    public static final int MINIMUM_ROWS = 40;

    /** An input and the loss of area under the curve when it is shuffled. */
    public record Carrier(String input, double importance) {}

    public DomainClassifier {
        carriers = List.copyOf(carriers);
    }

    /**
     * Compares rows of cells by leaf path: a number, a text, several texts, a flag, or null where it is missing.
     *
     * @param before at least {@link #MINIMUM_ROWS}; of more than {@link #MOST_ROWS} a random part is used
     * @param after alike
     */
    public static DomainClassifier compare(
            List<? extends Map<String, ?>> before, List<? extends Map<String, ?>> after, SplittableRandom random) {
        return compare(before, after, 1, random);
    }

    /** @param level carriers are only sought at p-values up to this, because that costs more than telling */
    public static DomainClassifier compare(
            List<? extends Map<String, ?>> before,
            List<? extends Map<String, ?>> after,
            double level,
            SplittableRandom random) {
        if (before.size() < MINIMUM_ROWS || after.size() < MINIMUM_ROWS) {
            throw new IllegalArgumentException(
                    "must be >= " + MINIMUM_ROWS + " rows each: before=" + before.size() + " after=" + after.size());
        }
        List<Map<String, ?>> rows = new ArrayList<>();
        draw(before, random, rows);
        int old = rows.size();
        draw(after, random, rows);
        double[] isNew = new double[rows.size()];
        Arrays.fill(isNew, old, rows.size(), 1);
        RowColumns encoder = RowColumns.learn(rows, null);
        if (encoder.size() == 0) {
            return new DomainClassifier(rows.size(), 0.5, 1, List.of());
        }
        float[][] columns = encoder.encode(rows, null);
        int[] order = RowColumns.shuffled(rows.size(), random);
        int half = rows.size() / 2;
        int[] turned = new int[order.length];
        System.arraycopy(order, half, turned, 0, order.length - half);
        System.arraycopy(order, 0, turned, order.length - half, half);
        List<Taught> halves = new ArrayList<>();
        for (Half one :
                new Half[] {new Half(columns, isNew, order, half), new Half(columns, isNew, turned, order.length - half)
                }) {
            halves.add(one.teach(random));
        }
        double area = halves.stream().mapToDouble(Taught::area).average().orElse(0.5);
        double p = halves.stream().mapToDouble(Taught::pValue).min().orElse(1);
        Map<String, Double> carriers = new LinkedHashMap<>();
        if (p <= level) {
            halves.forEach(one -> one.carriers(encoder, random)
                    .forEach((input, loss) -> carriers.merge(input, loss / 2, Double::sum)));
        }
        List<Carrier> ranked = carriers.entrySet().stream()
                .map(entry -> new Carrier(entry.getKey(), Math.max(0, entry.getValue())))
                .sorted(Comparator.comparingDouble(Carrier::importance)
                        .reversed()
                        .thenComparing(Carrier::input))
                .toList();
        return new DomainClassifier(rows.size(), area, p, ranked);
    }

    /** Such as "new rows can be told from old ones (AUC 0.71), by price and weekday". */
    public String words() {
        List<String> by = carriers.stream()
                .filter(carrier -> carrier.importance >= 0.3 * carriers.get(0).importance)
                .limit(3)
                .map(Carrier::input)
                .toList();
        return String.format(
                Locale.ROOT,
                "new rows can be told from old ones (AUC %.2f), by %s",
                areaUnderCurve,
                by.isEmpty() ? "nothing in particular" : String.join(" and ", by));
    }

    private static void draw(List<? extends Map<String, ?>> from, SplittableRandom random, List<Map<String, ?>> into) {
        int[] order = RowColumns.shuffled(from.size(), random);
        for (int i = 0; i < Math.min(order.length, MOST_ROWS); i++) {
            into.add(from.get(order[i]));
        }
    }

    /** Rows in an order, of which those before the cut are taught and the others are judged. */
    private record Half(float[][] all, double[] label, int[] order, int cut) {
        private float[][] columns(boolean taught) {
            return RowColumns.rows(all, order, taught ? 0 : cut, taught ? cut : order.length);
        }

        private double[] isNew(boolean taught) {
            return Arrays.stream(order, taught ? 0 : cut, taught ? cut : order.length)
                    .mapToDouble(row -> label[row])
                    .toArray();
        }

        private TestResult ranked(double[] scores) {
            double[] isNew = isNew(false);
            return MannWhitney.test(of(scores, isNew, 0), of(scores, isNew, 1));
        }

        private double area(TestResult ranked) {
            double news = Arrays.stream(isNew(false)).sum();
            return MannWhitney.superiority(ranked.statistic(), order.length - cut - news, news);
        }

        /** Judged on the rows that it was not taught. */
        private Taught teach(SplittableRandom random) {
            BoostedTrees trees = BoostedTrees.classifier(columns(true), isNew(true), random);
            float[][] heldOut = columns(false);
            TestResult ranked = ranked(trees.score(heldOut));
            double here = area(ranked);
            // One-sided p is half of it, doubled for two halves.
            return new Taught(this, trees, heldOut, here, here > 0.5 ? ranked.pValue() : 1);
        }

        private static double[] of(double[] scores, double[] isNew, double kind) {
            return java.util.stream.IntStream.range(0, scores.length)
                    .filter(i -> isNew[i] == kind)
                    .mapToDouble(i -> scores[i])
                    .toArray();
        }
    }

    /** What trees that were taught on one half say of the other. */
    private record Taught(Half half, BoostedTrees trees, float[][] heldOut, double area, double pValue) {
        private Map<String, Double> carriers(RowColumns encoder, SplittableRandom random) {
            Map<String, Double> losses = new LinkedHashMap<>();
            int[] shuffle = RowColumns.shuffled(heldOut[0].length, random);
            for (int c = 0; c < heldOut.length; c++) {
                String input = encoder.path(c);
                if (!losses.containsKey(input)) {
                    float[][] without = heldOut.clone();
                    for (int other = c; other < heldOut.length; other++) {
                        if (encoder.path(other).equals(input)) {
                            without[other] = shuffled(heldOut[other], shuffle);
                        }
                    }
                    losses.put(input, area - half.area(half.ranked(trees.score(without))));
                }
            }
            return losses;
        }

        private static float[] shuffled(float[] column, int[] order) {
            float[] result = new float[column.length];
            for (int i = 0; i < result.length; i++) {
                result[i] = column[order[i]];
            }
            return result;
        }
    }
}
