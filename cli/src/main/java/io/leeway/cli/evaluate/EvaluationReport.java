package io.leeway.cli.evaluate;

import io.leeway.core.evaluation.Estimate;
import io.leeway.core.evaluation.Evaluation;
import io.leeway.core.evaluation.InsufficientSupportException;
import io.leeway.core.evaluation.Interval;
import io.leeway.core.evaluation.IntervalMethod;
import io.leeway.core.evaluation.LoggedRows;
import io.leeway.core.evaluation.Support;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An evaluation in machine-readable form. {@code estimates} holds the bare values under the names that Open Bandit Pipeline uses
 * (ipw, snipw, cipw for our ips, snips, cips), {@code estimators} everything by our own names.
 */
final class EvaluationReport {
    private EvaluationReport() {}

    static Map<String, Object> of(Evaluation evaluation, boolean rangeStated) {
        Map<String, Object> report = support(evaluation.support());
        Map<String, Object> range = new LinkedHashMap<>();
        range.put("min", evaluation.settings().rewardRange().min());
        range.put("max", evaluation.settings().rewardRange().max());
        range.put("stated", rangeStated);
        report.put("rewardRange", range);
        report.put("confidence", evaluation.settings().confidence());
        report.put("interval", evaluation.settings().interval().word());
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Object> estimators = new LinkedHashMap<>();
        for (Estimate estimate : evaluation.estimates()) {
            values.put(publishedName(estimate.name()), estimate.value());
            estimators.put(estimate.name(), estimator(estimate, evaluation));
        }
        values.put("ess", evaluation.support().effectiveSampleSize());
        report.put("estimates", values);
        report.put("estimators", estimators);
        Map<String, Object> tuned = new LinkedHashMap<>();
        evaluation.tuned().forEach((name, setting) -> tuned.put(name, finite(setting)));
        report.put("tuned", tuned);
        return report;
    }

    /** Why there is no answer, with what is known of the rows. */
    static Map<String, Object> refused(LoggedRows rows, InsufficientSupportException refusal) {
        Map<String, Object> report = support(Support.of(rows));
        report.put("refused", true);
        report.put("reason", refusal.getMessage());
        return report;
    }

    private static Map<String, Object> support(Support support) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", support.rows());
        json.put("effectiveSampleSize", support.effectiveSampleSize());
        json.put("maximumWeight", support.maximumWeight());
        json.put("meanWeight", support.meanWeight());
        json.put("unusedShare", support.unusedShare());
        json.put("missingWeight", support.missingWeight());
        json.put("warnings", support.warnings());
        return json;
    }

    private static Map<String, Object> estimator(Estimate estimate, Evaluation evaluation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", estimate.name());
        json.put("value", estimate.value());
        json.put("lower", estimate.lower());
        json.put("upper", estimate.upper());
        json.put("standardError", estimate.standardError());
        json.put("effectiveSampleSize", estimate.effectiveSampleSize());
        json.put("maximumWeight", estimate.maximumWeight());
        json.put("clippedMass", estimate.clippedMass());
        json.put("rows", estimate.rows());
        if (evaluation.tuned().containsKey(estimate.name())) {
            json.put("tuned", finite(evaluation.tuned().get(estimate.name())));
        }
        json.put("warnings", estimate.warnings());
        Map<String, Object> intervals = new LinkedHashMap<>();
        for (IntervalMethod method : IntervalMethod.values()) {
            Interval interval = estimate.intervals().get(method);
            intervals.put(method.word(), List.of(interval.lower(), interval.upper()));
        }
        json.put("intervals", intervals);
        return json;
    }

    private static String publishedName(String name) {
        if (name.startsWith("ips")) {
            return "ipw" + name.substring(3);
        }
        return name.startsWith("snips") || name.startsWith("cips") ? name.replace("ips", "ipw") : name;
    }

    private static Object finite(double setting) {
        return Double.isInfinite(setting) ? "inf" : setting;
    }
}
