package io.leeway.core.drift;

import io.leeway.core.drift.ColumnRules.Breach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The default check of one table against another, column by column from plain values: Anderson-Darling on numbers, chi-square on
 * words, Fisher's test on words never seen before and on missing values. What is called drift passes the false discovery level
 * over the whole table (Benjamini-Hochberg) and a minimum effect, so that neither many columns nor many rows mislead. Beside the tests
 * stand the {@link ColumnRules}. Thread-safe.
 */
public final class TableCheck {
    /** What is compared of a column. */
    public enum Test {
        ANDERSON_DARLING,
        /** Anderson-Darling on all numbers but the one that most rows have: a change of the others is small over all rows. */
        OTHER_NUMBERS,
        CHI_SQUARE,
        NEW_WORDS,
        MISSING
    }

    /**
     * One test of one column.
     *
     * @param effect in [0, 1]: largest difference of the distribution functions (numbers); half of Cohen's w, corrected for
     *     chance, which for two words of like frequency is the difference of their shares (words); difference of shares (the rest)
     * @param adjustedPValue after Benjamini-Hochberg over the table
     * @param minimumEffect what the effect must reach here
     */
    public record ColumnTest(
            String column,
            Test test,
            double statistic,
            double pValue,
            double adjustedPValue,
            double effect,
            double minimumEffect,
            boolean drifted) {
        /** The same of a column of another name. */
        ColumnTest of(String name) {
            return new ColumnTest(name, test, statistic, pValue, adjustedPValue, effect, minimumEffect, drifted);
        }
    }

    /**
     * What was compared.
     *
     * @param tests all, the strongest effect first among those that drifted, then the rest
     * @param breaches of rules, which no test has to confirm, at most one of a column
     */
    public record Report(
            long referenceRows, long currentRows, double level, List<ColumnTest> tests, List<Breach> breaches) {
        public Report {
            tests = List.copyOf(tests);
            breaches = List.copyOf(breaches);
        }

        public boolean drifted() {
            return !breaches.isEmpty() || tests.stream().anyMatch(ColumnTest::drifted);
        }
    }

    /**
     * When to call a change drift.
     *
     * @param level false discovery rate that is promised, in (0, 1)
     * @param minimumEffect asked of samples of more than {@link #LARGE} values, in [0, 1]
     * @param minimumEffectOfFew asked of smaller samples, in [0, 1]: there the level alone already asks for more
     */
    public record Settings(double level, double minimumEffect, double minimumEffectOfFew) {
        public static final Settings DEFAULT = new Settings(0.05, 0.05, 0.02);

        public Settings {
            if (!(level > 0 && level < 1)) {
                throw new IllegalArgumentException("must be in (0, 1): level=" + level);
            }
            requireShare("minimumEffect", minimumEffect);
            requireShare("minimumEffectOfFew", minimumEffectOfFew);
        }

        private static void requireShare(String name, double value) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("must be in [0, 1]: " + name + "=" + value);
            }
        }
    }

    /** A sample of more values than this is large. */
    public static final int LARGE = 8192;

    /** Tests run at this part of the level, so that counted false alarms stay below it and not only about it. */
    static final double CAUTION = 0.8;

    /** A number that more than this share of the rows have is set apart. */
    private static final double USUAL = 0.5;

    private static final int ENOUGH_OTHERS = 30;

    /** They are few: a change of them must be so many times larger to be worth a word. */
    private static final double OTHERS_EFFECT = 3;

    private final Settings settings;

    public TableCheck(Settings settings) {
        this.settings = settings;
    }

    /** Compares the columns that both tables have. */
    public Report compare(List<ColumnSample> reference, List<ColumnSample> current) {
        Map<String, ColumnSample> after = new TreeMap<>();
        current.forEach(column -> after.put(column.name(), column));
        List<ColumnTest> raw = new ArrayList<>();
        List<Breach> breaches = new ArrayList<>();
        for (ColumnSample before : reference) {
            if (after.containsKey(before.name())) {
                ColumnRules.breach(before, after.get(before.name())).ifPresent(breaches::add);
                raw.addAll(tests(before, after.get(before.name())));
            }
        }
        double[] adjusted = BenjaminiHochberg.adjust(
                raw.stream().mapToDouble(ColumnTest::pValue).toArray());
        List<ColumnTest> tests = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            tests.add(judged(raw.get(i), adjusted[i]));
        }
        tests.sort((a, b) ->
                a.drifted != b.drifted ? Boolean.compare(b.drifted, a.drifted) : Double.compare(b.effect, a.effect));
        return new Report(rows(reference), rows(current), settings.level, tests, breaches);
    }

    private static long rows(List<ColumnSample> table) {
        return table.stream().mapToLong(ColumnSample::rows).max().orElse(0);
    }

    private ColumnTest judged(ColumnTest raw, double adjusted) {
        boolean drifted = adjusted <= CAUTION * settings.level && raw.effect >= raw.minimumEffect;
        return new ColumnTest(
                raw.column, raw.test, raw.statistic, raw.pValue, adjusted, raw.effect, raw.minimumEffect, drifted);
    }

    private List<ColumnTest> tests(ColumnSample before, ColumnSample after) {
        List<ColumnTest> tests = new ArrayList<>();
        if (before.numbers().size() > 0 && after.numbers().size() > 0) {
            tests.add(numbers(before, after));
            otherNumbers(before, after).ifPresent(tests::add);
        }
        if (before.wordCount() > 0 && after.wordCount() > 0) {
            tests.add(words(before, after));
            tests.add(newWords(before, after));
        }
        if (before.missing() + after.missing() > 0 && before.rows() > 0 && after.rows() > 0) {
            double p = FisherExact.pValue(
                    independent(before.missing(), before.order().ofMissing()),
                    independent(before.rows(), before.order().ofMissing()),
                    independent(after.missing(), after.order().ofMissing()),
                    independent(after.rows(), after.order().ofMissing()));
            double effect = Math.abs(before.completeness() - after.completeness());
            tests.add(test(before.name(), Test.MISSING, effect, p, effect, before.rows(), after.rows()));
        }
        return tests;
    }

    private ColumnTest numbers(ColumnSample before, ColumnSample after) {
        int n = before.numbers().size();
        int m = after.numbers().size();
        TestResult result = AndersonDarling.test(before.numbers(), after.numbers(), dependence(before, n, after, m));
        double effect = KolmogorovSmirnov.statistic(before.numbers(), after.numbers());
        return test(before.name(), Test.ANDERSON_DARLING, result.statistic(), result.pValue(), effect, n, m);
    }

    private Optional<ColumnTest> otherNumbers(ColumnSample before, ColumnSample after) {
        OptionalDouble usual = before.numbers().mode(USUAL);
        if (usual.isEmpty()) {
            return Optional.empty();
        }
        Quantiles first = before.numbers().without(usual.getAsDouble());
        Quantiles second = after.numbers().without(usual.getAsDouble());
        if (Math.min(first.size(), second.size()) < ENOUGH_OTHERS) {
            return Optional.empty();
        }
        // Dependence was measured on all rows; of the others it is no greater.
        TestResult result = AndersonDarling.test(first, second, dependence(before, first.size(), after, second.size()));
        double effect = KolmogorovSmirnov.statistic(first, second);
        double minimum = OTHERS_EFFECT * settings.minimumEffect;
        return Optional.of(new ColumnTest(
                before.name(),
                Test.OTHER_NUMBERS,
                result.statistic(),
                result.pValue(),
                result.pValue(),
                effect,
                Math.min(1, minimum),
                false));
    }

    /** By how much the dependence of neighbours blows up the variance of a difference. */
    private static double dependence(ColumnSample before, double n, ColumnSample after, double m) {
        return (before.dependence() / n + after.dependence() / m) / (1 / n + 1 / m);
    }

    private static long independent(long count, double dependence) {
        return dependence == 1 ? count : (long) Math.ceil(count / dependence);
    }

    private ColumnTest words(ColumnSample before, ColumnSample after) {
        double n = before.wordCount();
        double m = after.wordCount();
        double dependence = dependence(before, n, after, m);
        ChiSquare.Pooled result =
                ChiSquare.pooled(before.words(), after.words()).under(dependence);
        double beyondChance = dependence * Math.max(0, result.statistic() - result.degreesOfFreedom());
        double effect = Math.min(1, Math.sqrt(beyondChance * (n + m) / (n * m)) / 2);
        if (!result.pooled()) {
            return test(
                    before.name(), Test.CHI_SQUARE, result.statistic(), result.pValue(), effect, (long) n, (long) m);
        }
        // Words too rare for chi-square are judged one by one, exactly.
        Word strongest = strongest(before, after);
        double p = Math.min(1, 2 * Math.min(result.pValue(), strongest.pValue));
        double larger = strongest.pValue < result.pValue() ? Math.max(effect, strongest.difference) : effect;
        return test(before.name(), Test.CHI_SQUARE, result.statistic(), p, larger, (long) n, (long) m);
    }

    /** A word's difference of shares, and its p-value times the number of words. */
    private record Word(double difference, double pValue) {}

    private static Word strongest(ColumnSample before, ColumnSample after) {
        long n = before.wordCount();
        long m = after.wordCount();
        TreeMap<String, Long> words = new TreeMap<>(before.words());
        words.putAll(after.words());
        Word strongest = new Word(0, 1);
        for (String word : words.keySet()) {
            long a = before.words().getOrDefault(word, 0L);
            long b = after.words().getOrDefault(word, 0L);
            // What occurs once or twice in all cannot pass the number of words.
            double p = a + b < 3 ? 1 : Math.min(1, words.size() * FisherExact.pValue(a, n, b, m));
            if (p < strongest.pValue) {
                strongest = new Word(Math.abs((double) a / n - (double) b / m), p);
            }
        }
        return strongest;
    }

    /** A value of the reference is new to the rest of it as often as one of the current table may be new to the reference. */
    private ColumnTest newWords(ColumnSample before, ColumnSample after) {
        long single =
                before.words().values().stream().filter(count -> count == 1).count();
        long unseen = after.words().entrySet().stream()
                .filter(word -> !before.words().containsKey(word.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        long n = before.wordCount();
        long m = after.wordCount();
        double more = (double) unseen / m - (double) single / n;
        double p = more <= 0 ? 1 : FisherExact.pValue(single, n, unseen, m);
        return test(before.name(), Test.NEW_WORDS, unseen, p, Math.max(0, more), n, m);
    }

    private ColumnTest test(String column, Test test, double statistic, double p, double effect, long n, long m) {
        double minimum = Math.min(n, m) > LARGE
                ? settings.minimumEffect
                : Math.min(settings.minimumEffect, settings.minimumEffectOfFew);
        return new ColumnTest(column, test, statistic, p, p, effect, minimum, false);
    }
}
