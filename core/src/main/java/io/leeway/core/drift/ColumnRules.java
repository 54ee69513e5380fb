package io.leeway.core.drift;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What cannot happen to a column by chance, however much its rows resemble their neighbours: it became constant, all of it was
 * converted to another unit or rounded, or a value turned up in numbers that was never there. Where a price hardly changes from row
 * to row a test of its distribution knows little; that all prices are the same needs none. Each rule also asks for what independent
 * rows would do less than once in a million columns, so that no level is spent on them. Thread-safe: no state.
 */
public final class ColumnRules {
    /** What a column was found to be. */
    public enum Rule {
        /** One value where there were several. */
        CONSTANT,
        /** Distributed as before once a known conversion of units is taken back. */
        CONVERTED,
        /** One exact number, never seen before, in many rows. */
        NEW_NUMBER,
        /** Many numbers far beyond all that were. */
        BEYOND_RANGE,
        /** Multiples of a step that the values before were not. */
        ROUNDED
    }

    /**
     * A rule that a column breaks.
     *
     * @param effect share of the rows that it befell, or largest difference of the distribution functions, in [0, 1]
     * @param value the one value (NaN for a word), the factor, the new number, the end of the range that was passed, the step
     */
    public record Breach(String column, Rule rule, double effect, double value) {}

    private static final double BY_CHANCE = 1e-6;

    /** A column may have one value for so many times the rows that it had before. */
    private static final double LONGER_RUN = 2;

    private static final double MINIMUM_SHARE = 0.01;

    /** Within the range that was, a new number needs more. */
    private static final double MINIMUM_SHARE_WITHIN = 0.05;

    /** A column of more numbers than this that each have a hundredth of the rows is a code that may get another. */
    private static final int MOST_FREQUENT_NUMBERS = 2;

    /** Values in a reference of fewer that are independent may have been on their way somewhere. */
    private static final double ENOUGH_INDEPENDENT = 30;

    private static final double MINIMUM_OFF_STEP = 0.05;
    private static final int MOST_STEPS = 1000;
    private static final double MINIMUM_DISTANCE = 0.1;

    /** Of the distance may be left once the conversion is taken back; up to twice as much if so much is by chance. */
    private static final double LEFT = 0.1;

    private static final double[] FACTORS = {
        1.609344, 0.3048, 2.54, 0.45359237, 0.0254, 3.785411784, 10, 100, 1000, 1e6, 60, 3600, 24, 3.6, 1024
    };

    private ColumnRules() {}

    /** The first rule that the column now breaks: one breaks others, as rounding makes numbers that were never there. */
    public static Optional<Breach> breach(ColumnSample before, ColumnSample after) {
        Optional<Breach> constant = constant(before, after);
        if (constant.isPresent()
                || before.numbers().size() == 0
                || after.numbers().size() == 0) {
            return constant;
        }
        return converted(before, after)
                .or(() -> rounded(before, after))
                .or(() -> newNumber(before, after))
                .or(() -> beyondRange(before, after));
    }

    private static Optional<Breach> constant(ColumnSample before, ColumnSample after) {
        Quantiles now = after.numbers();
        long rows;
        double was;
        double value = Double.NaN;
        if (now.size() > 0 && after.wordCount() == 0 && now.get(0) == now.get(now.size() - 1)) {
            value = now.get(0);
            rows = now.size();
            was = before.numbers().size() == 0 ? 1 : share(before.numbers(), value);
        } else if (now.size() == 0 && after.words().size() == 1) {
            Map.Entry<String, Long> word = after.words().entrySet().iterator().next();
            rows = word.getValue();
            was = before.wordCount() == 0
                    ? 1
                    : (double) before.words().getOrDefault(word.getKey(), 0L) / before.wordCount();
        } else {
            return Optional.empty();
        }
        long there = before.numbers().size() + before.wordCount();
        // As if it had been there once more, so that a short reference proves nothing.
        double likely = Math.pow((was * there + 1) / (there + 1), rows);
        return 1 - was >= MINIMUM_SHARE_WITHIN
                        && several(before)
                        && likely < BY_CHANCE
                        && rows > LONGER_RUN * before.order().longestRun()
                ? Optional.of(new Breach(before.name(), Rule.CONSTANT, 1 - was, value))
                : Optional.empty();
    }

    private static boolean several(ColumnSample column) {
        Quantiles numbers = column.numbers();
        int different = numbers.size() == 0 ? 0 : numbers.get(0) == numbers.get(numbers.size() - 1) ? 1 : 2;
        return column.words().size() + different > 1;
    }

    private static Optional<Breach> converted(ColumnSample before, ColumnSample after) {
        Quantiles was = before.numbers();
        Quantiles now = after.numbers();
        double distance = KolmogorovSmirnov.statistic(was, now);
        double chance = Math.sqrt(1.0 / was.size() + 1.0 / now.size());
        if (distance < Math.max(MINIMUM_DISTANCE, 3 * chance)) {
            return Optional.empty();
        }
        double best = Double.NaN;
        double least = Math.max(LEFT * distance, Math.min(2 * LEFT * distance, chance));
        for (double factor : FACTORS) {
            for (double candidate : new double[] {factor, 1 / factor}) {
                double left = KolmogorovSmirnov.statistic(times(was, candidate), times(now, 1));
                if (left <= least) {
                    least = left;
                    best = candidate;
                }
            }
        }
        return Double.isNaN(best)
                ? Optional.empty()
                : Optional.of(new Breach(before.name(), Rule.CONVERTED, distance, best));
    }

    /** Rounded to single precision, so that the last digits do not part what was equal. */
    private static Quantiles times(Quantiles values, double factor) {
        double[] changed = new double[values.size()];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = (float) (factor * values.get(i));
        }
        return Quantiles.of(changed);
    }

    /** Hardly any other value for half of the rows: what its range is cannot be known. */
    private static boolean stoodStill(ColumnSample before) {
        return LONGER_RUN * before.order().longestRun() >= before.numbers().size();
    }

    /** Such as -999 and 9999, which stand for what is not known. */
    private static boolean isNines(double value) {
        return Math.abs(value) >= 99
                && Math.abs(value) <= 1e12
                && Long.toString((long) Math.abs(value)).matches("9+")
                && value == Math.rint(value);
    }

    private static Optional<Breach> newNumber(ColumnSample before, ColumnSample after) {
        Quantiles was = before.numbers();
        Quantiles now = after.numbers();
        double margin = (was.at(0.99) - was.at(0.01)) / 2;
        double low = was.get(0) - margin;
        double high = was.get(was.size() - 1) + margin;
        boolean code = frequent(was) > MOST_FREQUENT_NUMBERS;
        Breach most = null;
        for (int from = 0; from < now.size(); ) {
            double value = now.get(from);
            int to = firstAbove(now, value);
            double share = (double) (to - from) / now.size();
            boolean beyond = value < low || value > high;
            if (share >= (beyond ? MINIMUM_SHARE : MINIMUM_SHARE_WITHIN)
                    && (beyond || !code)
                    && (beyond && isNines(value)
                            || !stoodStill(before)
                                    && to - from > LONGER_RUN * before.order().secondRun())
                    && (most == null || share > most.effect)
                    && share(was, value) == 0
                    && noneOf(was.size(), to - from, now.size()) < BY_CHANCE) {
                most = new Breach(before.name(), Rule.NEW_NUMBER, share, value);
            }
            from = to;
        }
        return Optional.ofNullable(most);
    }

    private static Optional<Breach> beyondRange(ColumnSample before, ColumnSample after) {
        Quantiles was = before.numbers();
        Quantiles now = after.numbers();
        double smallest = was.get(0);
        double largest = was.get(was.size() - 1);
        double range = largest - smallest;
        int below = firstAbove(now, Math.nextDown(smallest - range));
        int above = now.size() - firstAbove(now, largest + range);
        int more = Math.max(below, above);
        return more >= MINIMUM_SHARE * now.size()
                        && was.size() >= ENOUGH_INDEPENDENT * before.dependence()
                        && !stoodStill(before)
                        && more > LONGER_RUN * before.order().secondRun()
                        && noneOf(was.size(), more, now.size()) < BY_CHANCE
                ? Optional.of(new Breach(
                        before.name(),
                        Rule.BEYOND_RANGE,
                        (double) more / now.size(),
                        above >= below ? largest : smallest))
                : Optional.empty();
    }

    private static Optional<Breach> rounded(ColumnSample before, ColumnSample after) {
        Quantiles was = before.numbers();
        double step = step(after.numbers());
        if (Double.isNaN(step)) {
            return Optional.empty();
        }
        int off = 0;
        int zeros = 0;
        for (int i = 0; i < was.size(); i++) {
            zeros += was.get(i) == 0 ? 1 : 0;
            off += isMultiple(was.get(i), step) ? 0 : 1;
        }
        double share = off / Math.max(1.0, was.size() - zeros); // zero is a multiple of everything
        return share >= MINIMUM_OFF_STEP
                        && Math.pow(
                                        1 - (off - 1.0) / was.size(),
                                        after.numbers().size())
                                < BY_CHANCE
                ? Optional.of(new Breach(before.name(), Rule.ROUNDED, share, step))
                : Optional.empty();
    }

    /** The largest number that all are multiples of; NaN if there is none of any size, or if there are fewer than three but zero. */
    private static double step(Quantiles values) {
        Quantiles others = values.without(0);
        double[] distinct = Arrays.stream(others.toArray()).distinct().toArray();
        if (distinct.length < 3) {
            return Double.NaN;
        }
        double spread = others.at(0.95) - others.at(0.05);
        double least = spread / MOST_STEPS;
        double step = 0;
        for (double value : distinct) {
            step = divisor(step, Math.abs(value), least);
            if (step != 0 && step < least) {
                return Double.NaN;
            }
        }
        double found = step;
        return Arrays.stream(distinct).allMatch(value -> isMultiple(value, found)) ? found : Double.NaN;
    }

    /** Euclid's, to a thousandth of what is the least of use. */
    private static double divisor(double first, double second, double least) {
        double a = Math.max(first, second);
        double b = Math.min(first, second);
        while (b > least / 1000) {
            double rest = Math.abs(a - b * Math.rint(a / b));
            a = b;
            b = rest;
        }
        return a;
    }

    private static boolean isMultiple(double value, double step) {
        double steps = value / step;
        return Math.abs(steps - Math.rint(steps)) < 1e-3;
    }

    /** Chance that none of n rows is among so many of n + m. */
    private static double noneOf(int n, int count, int m) {
        double log = 0;
        for (int i = 0; i < count && log > -100; i++) {
            log += Math.log((double) (m - i) / (n + m - i));
        }
        return Math.exp(log);
    }

    private static int frequent(Quantiles values) {
        int frequent = 0;
        for (int from = 0; from < values.size(); ) {
            int to = firstAbove(values, values.get(from));
            frequent += to - from >= MINIMUM_SHARE * values.size() ? 1 : 0;
            from = to;
        }
        return frequent;
    }

    private static double share(Quantiles values, double value) {
        int count = firstAbove(values, value) - firstAbove(values, Math.nextDown(value));
        return (double) count / values.size();
    }

    private static int firstAbove(Quantiles values, double value) {
        int low = 0;
        int high = values.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values.get(middle) <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
