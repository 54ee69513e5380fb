package io.leeway.cli.evaluate;

import io.leeway.core.evaluation.Estimate;
import io.leeway.core.evaluation.Evaluation;
import io.leeway.core.evaluation.EvaluationSettings;
import io.leeway.core.evaluation.Support;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** An evaluation as people read it. */
final class EvaluationText {
    private final PrintStream out;

    EvaluationText(PrintStream out) {
        this.out = out;
    }

    void print(Evaluation evaluation, boolean rangeStated) {
        Support support = evaluation.support();
        EvaluationSettings settings = evaluation.settings();
        line(
                "%d rows, worth %.0f rows of the policy itself (effective sample size); largest weight %.4g, mean weight %.4g",
                support.rows(), support.effectiveSampleSize(), support.maximumWeight(), support.meanWeight());
        line(
                "%.1f %% of the rows hold actions that the policy never takes; %.1f %% of its own choices cannot be in the logs",
                100 * support.unusedShare(), 100 * support.missingWeight());
        line(
                "rewards in [%s, %s]%s, %.4g %% intervals (%s)",
                number(settings.rewardRange().min()),
                number(settings.rewardRange().max()),
                rangeStated ? "" : " (not stated, taken from the rows: say --reward-range)",
                100 * settings.confidence(),
                settings.interval().word());
        line("");
        line("%-16s %13s   %-27s %13s %9s", "estimator", "value", "interval", "std. error", "clipped");
        for (Estimate estimate : evaluation.estimates()) {
            Double setting = evaluation.tuned().get(estimate.name());
            line(
                    "%-16s %13.7g   [%11.6g, %11.6g] %14.3g %8.1f%%%s",
                    estimate.name(),
                    estimate.value(),
                    estimate.lower(),
                    estimate.upper(),
                    estimate.standardError(),
                    100 * estimate.clippedMass(),
                    setting == null ? "" : "  tuned by SLOPE: " + (setting.isInfinite() ? "none" : number(setting)));
        }
        line("");
        line("cips, dm, switch-dr and dr-os are biased to be less noisy: their interval is that of their unbiased");
        line("counterparts, stretched to hold their value, as all intervals are meant for the policy's value.");
        warnings(evaluation);
    }

    private void warnings(Evaluation evaluation) {
        Set<String> warnings = new LinkedHashSet<>(evaluation.support().warnings());
        for (Estimate estimate : evaluation.estimates()) {
            if (evaluation.tuned().containsKey(estimate.name())) {
                estimate.warnings().stream()
                        .filter(warning ->
                                !evaluation.support().warnings().contains(warning) && !warning.startsWith("biased"))
                        .forEach(warning -> warnings.add(estimate.name() + ": " + warning));
            }
        }
        warnings.forEach(warning -> line("warning: %s", warning));
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
