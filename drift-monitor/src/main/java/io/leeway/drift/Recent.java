package io.leeway.drift;

import io.leeway.core.drift.Calibration;
import io.leeway.core.drift.ErrorEstimator;
import io.leeway.core.drift.QualityEstimate;
import io.leeway.core.drift.RewardEstimator;
import io.leeway.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The newest predictions, with and without what was observed: how well predictions hold, and what may be expected of decisions whose
 * rewards have not come yet. Not thread safe; at most {@link #MOST} of each.
 */
final class Recent {
    static final int MOST = 500;

    /** Fewer say nothing. */
    private static final int FEWEST = 100;

    private final Deque<Double> predicted = new ArrayDeque<>();
    private final Deque<Double> observed = new ArrayDeque<>();
    private final Deque<Double> waiting = new ArrayDeque<>();

    /** For those who look only, so it need not outlive the process. */
    private QualityEstimate expectedError;

    private long expectedErrorAt;
    private long decided;

    void rewarded(double prediction, double reward) {
        add(predicted, prediction);
        add(observed, reward);
    }

    /** A decision, whose reward may not have come yet. */
    void decided(double prediction) {
        decided++;
        add(waiting, prediction);
    }

    private static void add(Deque<Double> newest, double value) {
        if (newest.size() == MOST) {
            newest.removeFirst();
        }
        newest.addLast(value);
    }

    /** Of the newest feedbacks; empty before there are enough. */
    Optional<Calibration> calibration() {
        return predicted.size() < FEWEST
                ? Optional.empty()
                : Optional.of(Calibration.of(array(predicted), array(observed)));
    }

    /** What the newest decisions will earn, judging by what similar predictions earned; an estimate. */
    Optional<QualityEstimate> expected() {
        return predicted.size() < FEWEST || waiting.size() < FEWEST
                ? Optional.empty()
                : Optional.of(
                        RewardEstimator.fit(array(predicted), array(observed)).meanReward(array(waiting)));
    }

    /**
     * How far the predictions of the newest decisions will be off, judging by how far similar ones were; an estimate. It learns small
     * trees, so it is made anew only once a quarter of the decisions are others.
     */
    Optional<QualityEstimate> expectedError() {
        if (predicted.size() < FEWEST || waiting.size() < FEWEST) {
            return Optional.empty();
        }
        if (expectedError == null || decided - expectedErrorAt >= MOST / 4) {
            expectedErrorAt = decided;
            expectedError = ErrorEstimator.fit(
                            nothingElse(predicted.size()),
                            array(predicted),
                            array(observed),
                            new SplittableRandom(decided))
                    .meanAbsoluteError(nothingElse(waiting.size()), array(waiting));
        }
        return Optional.of(expectedError);
    }

    /** Inputs beside the prediction: none are kept. */
    private static List<Map<String, Object>> nothingElse(int rows) {
        return Collections.nCopies(rows, Map.of());
    }

    /** Estimates, each marked as one; by name. */
    void putInto(Map<String, Object> figures, boolean regression) {
        expected().ifPresent(one -> figures.put("expectedReward", figure(one)));
        if (regression) {
            expectedError().ifPresent(one -> figures.put("expectedAbsoluteError", figure(one)));
        }
    }

    private static Map<String, Object> figure(QualityEstimate one) {
        Map<String, Object> figure = new LinkedHashMap<>();
        figure.put("estimated", one.estimated());
        figure.put("value", one.value());
        figure.put("low", one.low());
        figure.put("high", one.high());
        figure.put("whereKnown", one.reference());
        figure.put("decisions", one.rows());
        return figure;
    }

    private static double[] array(Deque<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    Map<String, Object> toJson() {
        return Map.of(
                "predicted",
                List.copyOf(predicted),
                "observed",
                List.copyOf(observed),
                "waiting",
                List.copyOf(waiting));
    }

    static Recent fromJson(JsonObject json) {
        Recent restored = new Recent();
        for (double value : json.numbers("predicted")) {
            restored.predicted.addLast(value);
        }
        for (double value : json.numbers("observed")) {
            restored.observed.addLast(value);
        }
        for (double value : json.numbers("waiting")) {
            restored.waiting.addLast(value);
        }
        return restored;
    }
}
