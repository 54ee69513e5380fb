package io.leeway.drift;

import io.leeway.contracts.DriftKind;
import io.leeway.contracts.LoopKind;
import io.leeway.drift.WatchEvent.Rewarded;
import java.util.List;
import java.util.OptionalDouble;

/** A number that each feedback gives, which way it goes when things get worse, and what it is called. */
enum Measure {
    /** Negative where the policy gets less than its model promised. */
    RESIDUAL(DriftKind.QUALITY, -1, "mean reward minus predicted"),
    /** Absolute error of a prediction; unit of the reward. */
    ABSOLUTE_ERROR(DriftKind.QUALITY, 1, "mean absolute error"),
    /** Observed minus predicted; neither direction is the worse one, the absolute error judges that. */
    BIAS(DriftKind.QUALITY, 0, "mean observed minus predicted"),
    /** What the model predicts, for the chosen action or at all; a change of it is news, not good or bad. */
    PREDICTION(DriftKind.PREDICTIONS, 0, "mean prediction"),
    /** Reward of decisions that no model took. */
    REWARD(DriftKind.REWARDS, -1, "mean reward"),
    /** Observed values while no model predicts. */
    OBSERVED(DriftKind.REWARDS, 0, "mean observed value");

    private final DriftKind kind;
    private final int worse;
    private final String words;

    Measure(DriftKind kind, int worse, String words) {
        this.kind = kind;
        this.worse = worse;
        this.words = words;
    }

    /** What is watched of a loop, with a model and without. */
    static List<Measure> of(LoopKind kind, long modelVersion) {
        boolean regression = kind == LoopKind.REGRESSION;
        if (modelVersion == 0) {
            return List.of(regression ? OBSERVED : REWARD);
        }
        return regression ? List.of(ABSOLUTE_ERROR, BIAS, PREDICTION) : List.of(RESIDUAL, PREDICTION);
    }

    /** Empty where the model had predicted nothing. */
    OptionalDouble value(Rewarded rewarded) {
        if (this == REWARD || this == OBSERVED) {
            return OptionalDouble.of(rewarded.reward());
        }
        if (rewarded.predicted() == null) {
            return OptionalDouble.empty();
        }
        if (this == PREDICTION) {
            return OptionalDouble.of(rewarded.predicted());
        }
        double residual = rewarded.reward() - rewarded.predicted();
        return OptionalDouble.of(this == ABSOLUTE_ERROR ? Math.abs(residual) : residual);
    }

    DriftKind kind() {
        return kind;
    }

    /** -1 when a fall is a degradation, 1 when a rise is, 0 when neither is. */
    int worse() {
        return worse;
    }

    String words() {
        return words;
    }
}
