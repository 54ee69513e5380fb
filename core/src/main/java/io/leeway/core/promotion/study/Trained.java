package io.leeway.core.promotion.study;

import io.leeway.core.bandit.Exploration;
import io.leeway.core.bandit.Policy;
import io.leeway.core.bandit.RidgeRegression;
import io.leeway.core.drift.Profile;
import io.leeway.core.features.FeatureEncoder;
import io.leeway.core.features.FeatureOptions;
import io.leeway.core.features.FeatureSpec;
import io.leeway.core.features.FeatureSpecLearner;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Layout;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import io.leeway.core.model.Scorers;
import io.leeway.core.model.Tensor;
import io.leeway.core.promotion.JudgedRow;
import io.leeway.core.promotion.RecordedAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A linear model with a head per action, as an artifact that predictors would read, and what its trainer answered to some rows. */
record Trained(Artifact artifact, List<RecordedAnswer> answers) {
    private static final double FLOOR = 0.02;
    private static final int PROBES = 20;

    static Trained on(List<JudgedRow> rows, double penalty) {
        FeatureSpecLearner learner = new FeatureSpecLearner();
        rows.forEach(row -> learner.observe(row.context(), null, null));
        FeatureSpec features = learner.learn(FeatureOptions.defaults());
        FeatureEncoder encoder = new FeatureEncoder(features);
        int width = features.width();
        float[] weight = new float[World.ACTIONS.size() * width];
        float[] bias = new float[World.ACTIONS.size()];
        for (int action = 0; action < bias.length; action++) {
            fit(rows, action, penalty, encoder, weight, bias);
        }
        Artifact artifact = artifact(features, weight, bias);
        return new Trained(artifact, answers(rows, encoder, weight, bias));
    }

    /** The same with the columns of two inputs swapped in the artifact; the trainer's answers stay. */
    Trained withSwappedColumns() {
        FeatureSpec features = artifact.description().features();
        List<String> names = features.columnNames();
        int one = names.indexOf("x0");
        int other = names.indexOf("x1");
        float[] weight = artifact.tensor("weight").data().toArray();
        for (int action = 0; action < World.ACTIONS.size(); action++) {
            int at = action * features.width();
            float kept = weight[at + one];
            weight[at + one] = weight[at + other];
            weight[at + other] = kept;
        }
        return new Trained(
                artifact(features, weight, artifact.tensor("bias").data().toArray()), answers);
    }

    Policy policy() {
        return new Policy(Scorers.of(artifact), Exploration.of("squareCb", Map.of()), FLOOR);
    }

    private static void fit(
            List<JudgedRow> rows, int action, double penalty, FeatureEncoder encoder, float[] weight, float[] bias) {
        List<float[]> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (JudgedRow row : rows) {
            if (row.chosen() == action) {
                x.add(encoder.encode(row.context()));
                y.add(row.reward());
            }
        }
        if (x.isEmpty()) {
            return;
        }
        RidgeRegression.LinearFit fit = RidgeRegression.fit(
                x.toArray(float[][]::new),
                y.stream().mapToDouble(Double::doubleValue).toArray(),
                null,
                penalty);
        int width = fit.width();
        for (int column = 0; column < width; column++) {
            weight[action * width + column] = (float) fit.weight(column);
        }
        bias[action] = (float) fit.bias();
    }

    private static Artifact artifact(FeatureSpec features, float[] weight, float[] bias) {
        Provenance provenance = new Provenance(
                new Provenance.Dataset("study", 1, "0".repeat(64), Map.of(), Instant.EPOCH, Instant.EPOCH),
                features.sha256(),
                Map.of(),
                1,
                "unknown",
                Map.of(),
                new Provenance.Platform("any", "any", "any", 1, "java"),
                Instant.EPOCH,
                new Provenance.Trigger("study", "study"));
        ModelDescription description = new ModelDescription(
                ModelDescription.FORMAT,
                "study",
                1,
                ModelDescription.BANDIT,
                "linear",
                new Layout.LinearLayout(),
                World.ACTIONS.stream().map(action -> action.id()).toList(),
                features,
                Map.of(),
                provenance,
                Profile.EMPTY);
        return Artifact.of(
                description,
                List.of(
                        Tensor.of("weight", weight, bias.length, features.width()),
                        Tensor.of("bias", bias, bias.length)));
    }

    /** As a trainer would answer: in double precision, not by the predictor's code. */
    private static List<RecordedAnswer> answers(
            List<JudgedRow> rows, FeatureEncoder encoder, float[] weight, float[] bias) {
        List<RecordedAnswer> answers = new ArrayList<>();
        for (JudgedRow row : rows.subList(0, Math.min(PROBES, rows.size()))) {
            float[] columns = encoder.encode(row.context());
            List<Double> scores = new ArrayList<>();
            for (int action = 0; action < bias.length; action++) {
                double score = bias[action];
                for (int column = 0; column < columns.length; column++) {
                    score += (double) weight[action * columns.length + column] * columns[column];
                }
                scores.add(score);
            }
            answers.add(new RecordedAnswer(row, scores));
        }
        return answers;
    }
}
