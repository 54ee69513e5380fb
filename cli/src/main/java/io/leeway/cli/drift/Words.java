package io.leeway.cli.drift;

import io.leeway.core.drift.ChangeKind;
import io.leeway.core.drift.ColumnSample;
import io.leeway.core.drift.NumberChange;
import io.leeway.core.drift.Quantiles;
import io.leeway.core.drift.TableCheck.ColumnTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Says in words what moved in a column. */
final class Words {
    private static final Map<Double, String> FACTORS = Map.ofEntries(
            Map.entry(1.609344, "miles had become kilometres"),
            Map.entry(1 / 1.609344, "kilometres had become miles"),
            Map.entry(3.28084, "metres had become feet"),
            Map.entry(0.3048, "feet had become metres"),
            Map.entry(2.54, "inches had become centimetres"),
            Map.entry(1 / 2.54, "centimetres had become inches"),
            Map.entry(2.204623, "kilograms had become pounds"),
            Map.entry(0.45359237, "pounds had become kilograms"),
            Map.entry(60.0, "minutes had become seconds, or hours minutes"),
            Map.entry(1 / 60.0, "seconds had become minutes, or minutes hours"),
            Map.entry(100.0, "a unit had become hundredths"),
            Map.entry(0.01, "hundredths had become a unit"),
            Map.entry(1000.0, "a unit had become thousandths"),
            Map.entry(0.001, "thousandths had become a unit"));

    private Words() {}

    static String of(ColumnTest test, ColumnSample before, ColumnSample after) {
        return switch (test.test()) {
            case ANDERSON_DARLING -> numbers(test, before.numbers(), after.numbers());
            case OTHER_NUMBERS -> otherNumbers(test, before.numbers(), after.numbers());
            case CHI_SQUARE -> words(test, before, after);
            case NEW_WORDS -> newWords(test, before, after);
            case MISSING ->
                String.format(
                        Locale.ROOT,
                        "%s: completeness %s → %s",
                        test.column(),
                        percent(before.completeness()),
                        percent(after.completeness()));
        };
    }

    private static String numbers(ColumnTest test, Quantiles before, Quantiles after) {
        String factor = factor(before, after);
        String move;
        if (NumberChange.kindOf(before, after) == ChangeKind.SPREAD && quartiles(before) != quartiles(after)) {
            move = String.format(
                    "spread %s → %s (quartiles %s to %s → %s to %s)",
                    number(quartiles(before)),
                    number(quartiles(after)),
                    number(before.at(0.25)),
                    number(before.at(0.75)),
                    number(after.at(0.25)),
                    number(after.at(0.75)));
        } else if (number(before.at(0.5)).equals(number(after.at(0.5)))) {
            move = String.format(
                    "middle half %s to %s → %s to %s",
                    number(before.at(0.25)), number(before.at(0.75)), number(after.at(0.25)), number(after.at(0.75)));
            if (number(before.at(0.25)).equals(number(after.at(0.25)))
                    && number(before.at(0.75)).equals(number(after.at(0.75)))) {
                move = "mean " + number(mean(before)) + " → " + number(mean(after));
            }
        } else {
            move = "median " + number(before.at(0.5)) + " → " + number(after.at(0.5));
        }
        return String.format(Locale.ROOT, "%s: %s%s, KS %.2f", test.column(), move, factor, test.effect());
    }

    private static double quartiles(Quantiles values) {
        return values.at(0.75) - values.at(0.25);
    }

    /** Where most rows have one number, the change of the others; that number is the middle of the reference. */
    private static String otherNumbers(ColumnTest test, Quantiles before, Quantiles after) {
        double usual = before.at(0.5);
        return numbers(test, before.without(usual), after.without(usual)) + ", where it is not " + number(usual);
    }

    private static double mean(Quantiles values) {
        double sum = 0;
        for (int i = 0; i < values.size(); i++) {
            sum += values.get(i);
        }
        return sum / values.size();
    }

    /** A factor by which everything seems to have been multiplied, and what that would be. */
    private static String factor(Quantiles before, Quantiles after) {
        double least = Double.MAX_VALUE;
        double most = 0;
        double product = 1;
        int counted = 0;
        for (double share : new double[] {0.1, 0.25, 0.5, 0.75, 0.9}) {
            double ratio = after.at(share) / before.at(share);
            if (ratio > 0 && Double.isFinite(ratio)) {
                least = Math.min(least, ratio);
                most = Math.max(most, ratio);
                product *= ratio;
                counted++;
            }
        }
        if (counted < 3 || most > 1.1 * least) {
            return "";
        }
        double factor = Math.pow(product, 1.0 / counted);
        return Math.abs(factor - 1) < 0.02 ? "" : String.format(Locale.ROOT, " (×%.3g%s)", factor, unit(factor));
    }

    /** Which conversion this factor would be; empty if none that is known. */
    static String unit(double factor) {
        return FACTORS.entrySet().stream()
                .filter(entry -> Math.abs(Math.log(entry.getKey() / factor)) < 0.06)
                .min(Comparator.comparingDouble(entry -> Math.abs(Math.log(entry.getKey() / factor))))
                .map(entry -> ", as if " + entry.getValue())
                .orElse("");
    }

    private static String words(ColumnTest test, ColumnSample before, ColumnSample after) {
        List<String> moved = new ArrayList<>();
        TreeSet<String> all = new TreeSet<>(before.words().keySet());
        all.addAll(after.words().keySet());
        all.stream()
                .sorted(Comparator.comparingDouble(word -> -Math.abs(share(before, word) - share(after, word))))
                .limit(3)
                .forEach(word -> moved.add(
                        "\"" + word + "\" " + percent(share(before, word)) + " → " + percent(share(after, word))));
        return String.format(
                Locale.ROOT, "%s: %s, effect %.2f", test.column(), String.join(", ", moved), test.effect());
    }

    private static String newWords(ColumnTest test, ColumnSample before, ColumnSample after) {
        List<String> unseen = after.words().entrySet().stream()
                .filter(word -> !before.words().containsKey(word.getKey()))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(3)
                .map(word -> "\"" + word.getKey() + "\"")
                .toList();
        return String.format(
                "%s: %s of the values were never seen before, such as %s",
                test.column(), percent(test.statistic() / after.wordCount()), String.join(", ", unseen));
    }

    private static double share(ColumnSample column, String word) {
        return (double) column.words().getOrDefault(word, 0L) / Math.max(1, column.wordCount());
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, share > 0 && share < 0.01 ? "%.2f%%" : "%.1f%%", 100 * share);
    }

    /** Three significant digits, without an exponent where people would write none. */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        if (size >= 1e7 || size < 1e-4) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
