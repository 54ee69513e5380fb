package io.leeway.cli.train;

import io.leeway.core.json.JsonObject;
import io.leeway.core.model.Artifact;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a training came to, for people and for programs. */
record TrainResult(
        String loop,
        Path model,
        Artifact artifact,
        JsonObject report,
        double seconds,
        TrainingFile.Made train,
        Path validate) {

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>(report.map("figures", JsonObject::value));
        json.put("loop", loop);
        json.put("seconds", seconds);
        json.put("model", model.toString());
        json.put("weightsSha256", artifact.weightsSha256());
        json.put("provenance", artifact.description().provenance().toJson());
        json.put("lossCurve", report.list("lossCurve"));
        return json;
    }

    String toText() {
        JsonObject figures = report.object("figures");
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%nlearned from %,d rows, of which %,d said when to stop, in %.1f s (epoch %d of %d)",
                figures.integer("trainRows") + figures.integer("validationRows"),
                figures.integer("validationRows"),
                seconds,
                figures.integer("bestEpoch"),
                figures.integer("epochs"));
        line(
                text,
                "training %.1f s, %,.0f examples/s",
                figures.number("trainSeconds"),
                figures.number("examplesPerSecond"));
        if (figures.has("rmse")) {
            line(
                    text,
                    "on %s:",
                    validate == null ? figures.integer("holdoutRows") + " held-out rows" : validate.getFileName());
            line(
                    text,
                    "  RMSE %.4f   MAE %.4f   bias %.4f   RMSE of the mean %.4f",
                    figures.number("rmse"),
                    figures.number("mae"),
                    figures.number("bias"),
                    figures.number("meanRmse"));
        }
        if (figures.has("intervalCoverage")) {
            line(
                    text,
                    "  prediction intervals: %.1f %% of the values within (%.1f %% in the narrower half, %.1f %% in the wider),"
                            + " mean width %.3f, score %.3f",
                    100 * figures.number("intervalCoverage"),
                    100 * figures.number("intervalNarrowCoverage"),
                    100 * figures.number("intervalWideCoverage"),
                    figures.number("intervalMeanWidth"),
                    figures.number("intervalScore"));
        }
        if (figures.has("policyValue")) {
            line(
                    text,
                    "  value of the policy %.5f (%.5f to %.5f, %s), of the logged one %.5f; effective sample size %.0f",
                    figures.number("policyValue"),
                    figures.number("policyValueLower"),
                    figures.number("policyValueUpper"),
                    "doubly robust, 95 %",
                    figures.number("loggedValue"),
                    figures.number("effectiveSampleSize"));
        }
        if (figures.has("policyRefusal")) {
            line(text, "  the log cannot tell the policy's value: %s", figures.text("policyRefusal"));
        }
        line(text, "model %s, weights %s", model, artifact.weightsSha256());
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
