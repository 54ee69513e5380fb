package io.leeway.cli.drift;

import io.leeway.core.drift.ChiSquare;
import io.leeway.core.drift.ColumnSample;
import io.leeway.core.drift.Divergence;
import io.leeway.core.drift.KolmogorovSmirnov;
import io.leeway.core.drift.MannWhitney;
import io.leeway.core.drift.Quantiles;
import io.leeway.core.drift.TestResult;
import io.leeway.core.drift.Wasserstein;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** The measures that people know by name, of one column; none of them decides anything here. */
final class Measures {
    /** Permutations take their time: up to this many values only. */
    private static final int PERMUTED = 20_000;

    private static final int PERMUTATIONS = 199;

    /**
     * A measure with its p-value.
     *
     * @param pValue null where none is known
     */
    record Measure(double value, Double pValue) {}

    private Measures() {}

    static Map<String, Measure> of(ColumnSample before, ColumnSample after) {
        Map<String, Measure> measures = new LinkedHashMap<>();
        if (before.numbers().size() > 0 && after.numbers().size() > 0) {
            numbers(before.numbers(), after.numbers(), measures);
        }
        if (before.wordCount() > 0 && after.wordCount() > 0) {
            words(before.words(), after.words(), measures);
        }
        return measures;
    }

    private static void numbers(Quantiles before, Quantiles after, Map<String, Measure> measures) {
        double[] first = before.toArray();
        double[] second = after.toArray();
        TestResult ks = KolmogorovSmirnov.test(first, second);
        TestResult mannWhitney = MannWhitney.test(first, second);
        double n = first.length;
        double m = second.length;
        measures.put("kolmogorovSmirnov", new Measure(ks.statistic(), ks.pValue()));
        measures.put(
                "superiority",
                new Measure(MannWhitney.superiority(mannWhitney.statistic(), n, m), mannWhitney.pValue()));
        Double permuted = n + m <= PERMUTED
                ? Wasserstein.test(first, second, PERMUTATIONS).pValue()
                : null;
        measures.put("wasserstein", new Measure(Wasserstein.distance(first, second), permuted));
        double normalised = Wasserstein.normalised(first, second);
        measures.put("wassersteinNormalised", new Measure(Math.min(normalised, Double.MAX_VALUE), permuted));
        shares(Divergence.shares(before, before), Divergence.shares(before, after), n, m, measures);
    }

    private static void words(Map<String, Long> before, Map<String, Long> after, Map<String, Measure> measures) {
        TreeSet<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        long[] first =
                all.stream().mapToLong(word -> before.getOrDefault(word, 0L)).toArray();
        long[] second =
                all.stream().mapToLong(word -> after.getOrDefault(word, 0L)).toArray();
        TestResult chiSquare = ChiSquare.test(first, second);
        TestResult ratio = ChiSquare.likelihoodRatio(first, second);
        double n = java.util.Arrays.stream(first).sum();
        double m = java.util.Arrays.stream(second).sum();
        measures.put("chiSquare", new Measure(chiSquare.statistic(), chiSquare.pValue()));
        measures.put("likelihoodRatio", new Measure(ratio.statistic(), ratio.pValue()));
        measures.put("cramersV", new Measure(ChiSquare.cramersV(chiSquare.statistic(), n + m), chiSquare.pValue()));
        shares(Divergence.shares(first), Divergence.shares(second), n, m, measures);
    }

    private static void shares(double[] p, double[] q, double n, double m, Map<String, Measure> measures) {
        double index = Divergence.stabilityIndex(p, q);
        double distance = Divergence.jensenShannon(p, q);
        measures.put("populationStabilityIndex", new Measure(index, Divergence.stabilityPValue(index, p.length, n, m)));
        measures.put("jensenShannon", new Measure(distance, Divergence.jensenShannonPValue(distance, p.length, n, m)));
    }
}
