package io.leeway.core.promotion;

import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Forecast;
import io.leeway.core.model.InvalidArtifactException;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Whether predictors could serve the artifact: their own code reads it, answers recorded requests as the trainer answered them, all
 * finite and equal within 1e-5 (of the score, where that is larger than 1), and within the latency budget. Immutable.
 *
 * <p>Time is the median over the requests of the best of some tries: the first tries of any model are slow before it is compiled, and a
 * busy machine makes some of the others slow.
 */
public final class ServingGate {
    public static final String NAME = "serving";
    public static final double TOLERANCE = 1e-5;

    private static final int TRIES = 5;

    private final Duration budget;
    private final LongSupplier nanos;

    /**
     * @param budget of one answer
     * @param nanos the clock
     */
    public ServingGate(Duration budget, LongSupplier nanos) {
        this.budget = budget;
        this.nanos = nanos;
    }

    public Verdict judge(byte[] bytes, List<RecordedAnswer> answers) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("sizeBytes", bytes.length);
        figures.put("probes", answers.size());
        if (answers.isEmpty()) {
            return verdict(false, "the trainer gave no answers to compare with", figures);
        }
        try {
            Artifact artifact = Artifact.read(bytes);
            Scorer scorer = Scorers.of(artifact);
            double worst = largestDifference(artifact.description(), scorer, answers);
            figures.put("largestDifference", worst);
            if (!(worst <= TOLERANCE)) {
                return verdict(false, "predictors answer otherwise than the trainer: difference " + worst, figures);
            }
            double micros = medianMicros(artifact.description(), scorer, answers);
            figures.put("microsPerAnswer", micros);
            figures.put("budgetMicros", budget.toNanos() / 1e3);
            return micros * 1e3 <= budget.toNanos()
                    ? verdict(true, "predictors answer as the trainer does", figures)
                    : verdict(false, "too slow: " + micros + " microseconds for an answer, allowed " + budget, figures);
        } catch (InvalidArtifactException | IllegalStateException | IllegalArgumentException e) {
            return verdict(false, "predictors cannot serve it: " + e.getMessage(), figures);
        }
    }

    private static double largestDifference(ModelDescription model, Scorer scorer, List<RecordedAnswer> answers) {
        double worst = 0;
        for (RecordedAnswer answer : answers) {
            double[] scores = answer(model, scorer, answer.request());
            if (scores.length != answer.scores().size()) {
                throw new IllegalStateException(
                        "must be " + answer.scores().size() + " scores: scores=" + scores.length);
            }
            for (int i = 0; i < scores.length; i++) {
                double expected = answer.scores().get(i);
                double difference = Math.abs(scores[i] - expected) / Math.max(1, Math.abs(expected));
                worst = Double.isFinite(difference) ? Math.max(worst, difference) : Double.MAX_VALUE;
            }
        }
        return worst;
    }

    private double medianMicros(ModelDescription model, Scorer scorer, List<RecordedAnswer> answers) {
        double[] best = new double[answers.size()];
        for (int i = 0; i < best.length; i++) {
            long least = Long.MAX_VALUE;
            for (int attempt = 0; attempt < TRIES; attempt++) {
                long start = nanos.getAsLong();
                answer(model, scorer, answers.get(i).request());
                least = Math.min(least, nanos.getAsLong() - start);
            }
            best[i] = least / 1e3;
        }
        Arrays.sort(best);
        return best[best.length / 2];
    }

    private static double[] answer(ModelDescription model, Scorer scorer, JudgedRow request) {
        if (model.loopKind().equals(ModelDescription.REGRESSION)) {
            Forecast forecast = scorer.forecast(request.context());
            return forecast.interval()
                    .map(bounds -> new double[] {forecast.value(), bounds.lower(), bounds.upper()})
                    .orElseGet(() -> new double[] {forecast.value()});
        }
        List<Action> actions = model.heads().isEmpty()
                ? request.actions()
                : model.heads().stream().map(Action::of).toList();
        return scorer.score(request.context(), actions);
    }

    private static Verdict verdict(boolean passed, String reason, Map<String, Object> figures) {
        return new Verdict(NAME, passed, reason, figures);
    }
}
