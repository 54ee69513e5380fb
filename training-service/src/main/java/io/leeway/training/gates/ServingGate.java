package io.leeway.training.gates;

import io.leeway.contracts.rest.GateVerdict;
import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.InvalidArtifactException;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import io.leeway.training.learning.TrainingReport.Probe;
import io.leeway.training.learning.TrainingRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether predictors could serve the artifact: their own code reads it, and answers the rows that the trainer answered, all finite
 * and equal within 1e-5 (of the score, where that is larger than 1).
 */
public final class ServingGate {
    public static final double TOLERANCE = 1e-5;

    /**
     * @param rows the data set's rows that the probes name, by number
     */
    public GateVerdict judge(byte[] bytes, List<Probe> probes, Map<Integer, TrainingRow> rows) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("sizeBytes", bytes.length);
        figures.put("probes", probes.size());
        try {
            Artifact artifact = Artifact.read(bytes);
            double worst = largestDifference(artifact, probes, rows, figures);
            figures.put("largestDifference", worst);
            if (probes.isEmpty()) {
                return verdict(false, "the trainer gave no answers to compare with", figures);
            }
            return worst <= TOLERANCE
                    ? verdict(true, "predictors answer as the trainer does", figures)
                    : verdict(false, "predictors answer otherwise than the trainer: difference " + worst, figures);
        } catch (InvalidArtifactException | IllegalStateException e) {
            return verdict(false, "predictors cannot serve it: " + e.getMessage(), figures);
        }
    }

    private static double largestDifference(
            Artifact artifact, List<Probe> probes, Map<Integer, TrainingRow> rows, Map<String, Object> figures) {
        Scorer scorer = Scorers.of(artifact);
        double worst = 0;
        long nanos = 0;
        for (Probe probe : probes) {
            TrainingRow row = rows.get(probe.row());
            if (row == null) {
                throw new IllegalStateException("must be a row of the data set: probe.row=" + probe.row());
            }
            long start = System.nanoTime();
            double[] scores = answer(artifact.description(), scorer, row);
            nanos += System.nanoTime() - start;
            if (scores.length != probe.scores().size()) {
                throw new IllegalStateException(
                        "must be " + probe.scores().size() + " scores: scores=" + scores.length);
            }
            for (int i = 0; i < scores.length; i++) {
                double expected = probe.scores().get(i);
                double difference = Math.abs(scores[i] - expected) / Math.max(1, Math.abs(expected));
                worst = Double.isFinite(difference) ? Math.max(worst, difference) : Double.MAX_VALUE;
            }
        }
        if (!probes.isEmpty()) {
            figures.put("microsPerAnswer", nanos / 1e3 / probes.size());
        }
        return worst;
    }

    private static double[] answer(ModelDescription model, Scorer scorer, TrainingRow row) {
        if (model.loopKind().equals(ModelDescription.REGRESSION)) {
            return new double[] {scorer.predict(row.context())};
        }
        List<Action> actions = model.heads().isEmpty()
                ? row.actions()
                : model.heads().stream().map(Action::of).toList();
        return scorer.score(row.context(), actions);
    }

    private static GateVerdict verdict(boolean passed, String reason, Map<String, Object> figures) {
        return new GateVerdict("serving", passed, reason, figures);
    }
}
