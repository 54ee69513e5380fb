package io.leeway.cli.evaluate;

import io.leeway.core.evaluation.Interval;
import io.leeway.core.logs.PolicyComparison;
import java.util.Locale;

/** A comparison in a sentence. */
final class ComparisonText {
    /** More decisions than this many times those of the log are nobody's plan. */
    private static final double FAR = 1000;

    private ComparisonText() {}

    static String sentence(String policy, PolicyComparison comparison) {
        if (comparison.refusal() != null) {
            return "cannot tell: the log is too short, or too unlike what " + policy + " would choose: "
                    + comparison.refusal();
        }
        Interval interval = comparison.interval();
        double half = Math.max(interval.upper() - comparison.difference(), comparison.difference() - interval.lower());
        String confidence = text(100 * comparison.confidence()) + " %";
        return switch (comparison.verdict()) {
            case MORE, LESS ->
                String.format(
                        Locale.ROOT,
                        "%s would have earned %s ± %s %s per decision than the logged policy (%s, %d decisions)",
                        policy,
                        text(Math.abs(comparison.difference())),
                        text(half),
                        comparison.difference() > 0 ? "more" : "less",
                        confidence,
                        comparison.decisions());
            case UNKNOWN ->
                String.format(
                        Locale.ROOT,
                        "cannot tell yet: %s would have earned between %s and %s per decision than the logged policy"
                                + " (%s, %d decisions)%s",
                        policy,
                        signed(interval.lower()),
                        signed(interval.upper()),
                        confidence,
                        comparison.decisions(),
                        needed(comparison, half));
        };
    }

    private static String needed(PolicyComparison comparison, double half) {
        double ratio = half / Math.abs(comparison.difference());
        double times = 1.2 * ratio * ratio;
        if (!(times < FAR)) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "; if %s is the difference, about %s decisions would tell",
                signed(comparison.difference()),
                text(times * comparison.decisions()));
    }

    private static String signed(double value) {
        return text(Math.abs(value)) + (value < 0 ? " less" : " more");
    }

    /** Two or three digits that matter. */
    static String text(double value) {
        if (value >= 100) {
            double step = Math.pow(10, Math.floor(Math.log10(value)) - 1);
            return value <= 100 ? "100" : Long.toString((long) (Math.ceil(value / step) * step));
        }
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(2))
                .stripTrailingZeros()
                .toPlainString();
    }
}
