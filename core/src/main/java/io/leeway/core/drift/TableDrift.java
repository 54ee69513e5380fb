package io.leeway.core.drift;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Compares two profiles input by input: Kolmogorov-Smirnov on numbers, chi-square on words, chi-square on how often a value is
 * missing. False alarms are controlled over the whole table by Benjamini-Hochberg; a change must also be large enough to matter.
 * Thread-safe: no state.
 */
public final class TableDrift {
    /** What is compared of an input. */
    public enum Test {
        KOLMOGOROV_SMIRNOV,
        CHI_SQUARE,
        MISSING
    }

    /**
     * One test of one input.
     *
     * @param effect largest difference of two probabilities, in [0, 1]: of the distribution functions, of the sets of words (total
     *     variation), of being missing
     * @param adjustedPValue after Benjamini-Hochberg over the table
     */
    public record InputDrift(
            String input,
            Test test,
            double statistic,
            double pValue,
            double adjustedPValue,
            double effect,
            boolean drifted) {}

    /** All tests; drifted if any of them is. */
    public record Report(
            long referenceRows, long currentRows, double level, double minimumEffect, List<InputDrift> inputs) {
        public Report {
            inputs = List.copyOf(inputs);
        }

        public boolean drifted() {
            return inputs.stream().anyMatch(InputDrift::drifted);
        }
    }

    private TableDrift() {}

    /**
     * Compares the inputs of two profiles.
     *
     * @param level false discovery rate, in (0, 1)
     * @param minimumEffect a smaller effect is not called drift, however certain; in [0, 1]
     */
    public static Report compare(Profile reference, Profile current, double level, double minimumEffect) {
        Map<String, InputProfile> before = reference.inputs();
        Map<String, InputProfile> after = current.inputs();
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<InputDrift> raw = new ArrayList<>();
        for (String path : paths) {
            raw.addAll(tests(
                    path,
                    before.getOrDefault(path, absent(reference.rows())),
                    after.getOrDefault(path, absent(current.rows()))));
        }
        return report(raw, reference.rows(), current.rows(), level, minimumEffect);
    }

    /** Compares single series, such as predictions, rewards or actions, as a table of one input. */
    public static Report compare(
            String name, InputProfile reference, InputProfile current, double level, double minimumEffect) {
        return report(tests(name, reference, current), reference.rows(), current.rows(), level, minimumEffect);
    }

    private static Report report(
            List<InputDrift> raw, long referenceRows, long currentRows, double level, double minimumEffect) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("must be in (0, 1): level=" + level);
        }
        if (!(minimumEffect >= 0 && minimumEffect <= 1)) {
            throw new IllegalArgumentException("must be in [0, 1]: minimumEffect=" + minimumEffect);
        }
        double[] adjusted = BenjaminiHochberg.adjust(
                raw.stream().mapToDouble(InputDrift::pValue).toArray());
        List<InputDrift> inputs = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            InputDrift one = raw.get(i);
            boolean drifted = adjusted[i] <= level && one.effect >= minimumEffect;
            inputs.add(
                    new InputDrift(one.input, one.test, one.statistic, one.pValue, adjusted[i], one.effect, drifted));
        }
        return new Report(referenceRows, currentRows, level, minimumEffect, inputs);
    }

    private static List<InputDrift> tests(String path, InputProfile reference, InputProfile current) {
        List<InputDrift> tests = new ArrayList<>();
        if (reference.numbers() > 0 && current.numbers() > 0) {
            tests.add(numbers(path, reference, current));
        }
        if (reference.words() > 0 && current.words() > 0) {
            tests.add(words(path, reference, current));
        }
        boolean sometimesMissing = reference.missing() + current.missing() > 0;
        if (sometimesMissing && reference.rows() > 0 && current.rows() > 0) {
            tests.add(missing(path, reference, current));
        }
        return tests;
    }

    private static InputDrift numbers(String path, InputProfile reference, InputProfile current) {
        double statistic = KolmogorovSmirnov.statistic(reference.quantiles(), current.quantiles());
        long before = Math.min(reference.numbers(), ProfileLearner.SAMPLE_SIZE);
        long after = Math.min(current.numbers(), ProfileLearner.SAMPLE_SIZE);
        // Quantiles stand for more values than they are; their steps may add up to half a step on each side.
        double slack = thinning(reference.quantiles().size(), before)
                + thinning(current.quantiles().size(), after);
        double pValue = KolmogorovSmirnov.pValue(Math.max(0, statistic - slack), before, after);
        return new InputDrift(path, Test.KOLMOGOROV_SMIRNOV, statistic, pValue, pValue, statistic, false);
    }

    private static double thinning(int quantiles, long values) {
        return quantiles < values ? 0.5 / quantiles : 0;
    }

    private static InputDrift words(String path, InputProfile reference, InputProfile current) {
        Map<String, Long> before = counts(reference, current);
        Map<String, Long> after = counts(current, reference);
        TestResult result = ChiSquare.test(before, after);
        return new InputDrift(
                path,
                Test.CHI_SQUARE,
                result.statistic(),
                result.pValue(),
                result.pValue(),
                variation(before, after),
                false);
    }

    /** Words that the other profile had to leave to "other" would look new or gone: where it did, they join "other" here too. */
    private static Map<String, Long> counts(InputProfile own, InputProfile other) {
        Map<String, Long> counts = new HashMap<>();
        long rest = own.otherCategories();
        for (Map.Entry<String, Long> entry : own.categories().entrySet()) {
            if (other.otherCategories() > 0 && !other.categories().containsKey(entry.getKey())) {
                rest += entry.getValue();
            } else {
                counts.put(entry.getKey(), entry.getValue());
            }
        }
        if (rest > 0) {
            counts.put("\0other", rest);
        }
        return counts;
    }

    private static double variation(Map<String, Long> before, Map<String, Long> after) {
        double allBefore = before.values().stream().mapToLong(Long::longValue).sum();
        double allAfter = after.values().stream().mapToLong(Long::longValue).sum();
        TreeSet<String> words = new TreeSet<>(before.keySet());
        words.addAll(after.keySet());
        double sum = 0;
        for (String word : words) {
            sum += Math.abs(before.getOrDefault(word, 0L) / allBefore - after.getOrDefault(word, 0L) / allAfter);
        }
        return sum / 2;
    }

    private static InputDrift missing(String path, InputProfile reference, InputProfile current) {
        Map<String, Long> before =
                Map.of("missing", reference.missing(), "present", reference.rows() - reference.missing());
        Map<String, Long> after = Map.of("missing", current.missing(), "present", current.rows() - current.missing());
        TestResult result = ChiSquare.test(before, after);
        double effect =
                Math.abs((double) reference.missing() / reference.rows() - (double) current.missing() / current.rows());
        return new InputDrift(path, Test.MISSING, result.statistic(), result.pValue(), result.pValue(), effect, false);
    }

    private static InputProfile absent(long rows) {
        return new InputProfile(rows, rows, 0, 0, 0, Quantiles.of(new double[0]), Map.of(), 0);
    }
}
