package io.leeway.drift;

import io.leeway.contracts.DriftKind;
import io.leeway.contracts.LoopKind;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.Rewarded;
import java.util.List;
import java.util.OptionalDouble;

/** A number that each feedback (or decision) gives, which way it goes when things get worse, and what it is called. */
enum Measure {
    /** Negative where the policy gets less than its model promised. */
    RESIDUAL(DriftKind.QUALITY, -1, "mean reward minus predicted", "residuals"),
    /** Absolute error of a prediction; unit of the reward. */
    ABSOLUTE_ERROR(DriftKind.QUALITY, 1, "mean absolute error", "errors"),
    /** Observed minus predicted; neither direction is the worse one, the absolute error judges that. */
    BIAS(DriftKind.QUALITY, 0, "mean observed minus predicted", "residuals"),
    /** 1 where what is observed grows as what is predicted does, 0 where it does not care. */
    CALIBRATION(DriftKind.QUALITY, 0, "calibration slope, observed against predicted", "calibration"),
    /** What the model predicts, for the chosen action or at all; a change of it is news, not good or bad. */
    PREDICTION(DriftKind.PREDICTIONS, 0, "mean prediction", "predictions"),
    /** What the running policy earns. */
    REWARD(DriftKind.REWARDS, -1, "mean reward", "rewards"),
    /** Observed values of a regression loop. */
    OBSERVED(DriftKind.REWARDS, 0, "mean observed value", "observed values"),
    /** 1 where a reward came in time, 0 where the default one had to do. */
    ARRIVAL(DriftKind.REWARDS, -1, "share of decisions that got a reward", "arrivals"),
    /** Rewards that came for the decisions of a stretch of time, for each of them. */
    RATE(DriftKind.REWARDS, -1, "rewards that came for each decision, by time", "rewards by time"),
    /** Seconds; those that are shorter than one are alike, or every wave in a machine's load would be told. */
    DELAY(DriftKind.REWARDS, 1, "mean delay of rewards in seconds, shorter ones counted as 1", "delays"),
    /** Entropy of the policy's distribution as a share of the uniform one's. */
    EXPLORATION(DriftKind.ACTIONS, -1, "exploration, entropy as a share of the uniform policy's", "exploration"),
    /** Kish's, for the policy that chooses evenly; see {@link ExplorationWindow}. */
    SAMPLE(
            DriftKind.ACTIONS,
            -1,
            "effective sample size for an even policy, as a share of the decisions",
            "effective sample size (even policy)"),
    /** Kish's, for the serving model's greedy policy. */
    GREEDY_SAMPLE(
            DriftKind.ACTIONS,
            -1,
            "effective sample size for the greedy policy, as a share of the decisions",
            "effective sample size (greedy policy)"),
    /** Of any action that could be chosen, over the same decisions. */
    SMALLEST(DriftKind.ACTIONS, -1, "smallest probability of an action", "smallest probability"),
    /** What the model's greedy policy would earn, off-policy; see {@link PolicyValue}. */
    GREEDY_VALUE(DriftKind.REWARDS, -1, "value of the greedy policy, off-policy", "value of the greedy policy");

    private final DriftKind kind;
    private final int worse;
    private final String words;
    private final String plural;

    Measure(DriftKind kind, int worse, String words, String plural) {
        this.kind = kind;
        this.worse = worse;
        this.words = words;
        this.plural = plural;
    }

    /** What is watched of a loop, with a model and without. */
    static List<Measure> of(LoopKind kind, long modelVersion) {
        boolean regression = kind == LoopKind.REGRESSION;
        if (modelVersion == 0) {
            return regression ? List.of(OBSERVED, ARRIVAL, RATE, DELAY) : List.of(REWARD, ARRIVAL, RATE, DELAY);
        }
        return regression
                ? List.of(ABSOLUTE_ERROR, BIAS, CALIBRATION, PREDICTION, OBSERVED, ARRIVAL, RATE, DELAY)
                : List.of(
                        RESIDUAL,
                        CALIBRATION,
                        PREDICTION,
                        REWARD,
                        GREEDY_VALUE,
                        ARRIVAL,
                        RATE,
                        DELAY,
                        EXPLORATION,
                        SAMPLE,
                        GREEDY_SAMPLE,
                        SMALLEST);
    }

    /** The one by which the quality of a part of the decisions is watched. */
    static Measure ofSegments(LoopKind kind, long modelVersion) {
        boolean regression = kind == LoopKind.REGRESSION;
        if (modelVersion == 0) {
            return regression ? OBSERVED : REWARD;
        }
        return regression ? ABSOLUTE_ERROR : RESIDUAL;
    }

    /** Empty where the model had predicted nothing, or the feedback does not say. */
    OptionalDouble value(Rewarded rewarded, Means means) {
        return switch (this) {
            case REWARD, OBSERVED -> OptionalDouble.of(rewarded.reward());
            case ARRIVAL ->
                rewarded.matched() == null ? OptionalDouble.empty() : OptionalDouble.of(rewarded.matched() ? 1 : 0);
            case DELAY ->
                rewarded.delay() == null ? OptionalDouble.empty() : OptionalDouble.of(Math.max(1, rewarded.delay()));
            case GREEDY_VALUE -> PolicyValue.ofGreedy(rewarded);
            case EXPLORATION, RATE, SAMPLE, GREEDY_SAMPLE, SMALLEST -> OptionalDouble.empty();
            case RESIDUAL, ABSOLUTE_ERROR, BIAS, CALIBRATION, PREDICTION ->
                rewarded.predicted() == null
                        ? OptionalDouble.empty()
                        : ofPrediction(rewarded.reward(), rewarded.predicted(), means);
        };
    }

    private OptionalDouble ofPrediction(double reward, double predicted, Means means) {
        double residual = reward - predicted;
        return switch (this) {
            case PREDICTION -> OptionalDouble.of(predicted);
            case ABSOLUTE_ERROR -> OptionalDouble.of(Math.abs(residual));
            case CALIBRATION -> means.calibration(residual, predicted);
            default -> OptionalDouble.of(residual);
        };
    }

    /** Empty where decisions do not give this measure. */
    OptionalDouble value(Decided decided) {
        return this == EXPLORATION && decided.chosen() != null
                ? OptionalDouble.of(decided.chosen().entropy())
                : OptionalDouble.empty();
    }

    boolean ofDecisions() {
        return this == EXPLORATION;
    }

    /** Whether a value is of {@link ExplorationWindow#DECISIONS} decisions together. */
    private boolean ofExplorationWindows() {
        return this == SAMPLE || this == GREEDY_SAMPLE || this == SMALLEST;
    }

    /** At the most; a detector of fewer values alarms falsely less often among as many events. */
    double valuesPerEvent() {
        return ofExplorationWindows() ? 1.0 / ExplorationWindow.DECISIONS : 1;
    }

    /** What the decisions of a window give, once it is full. */
    OptionalDouble value(ExplorationWindow.Figures figures) {
        return switch (this) {
            case SAMPLE -> OptionalDouble.of(figures.even());
            case GREEDY_SAMPLE -> OptionalDouble.of(figures.greedy());
            case SMALLEST -> OptionalDouble.of(figures.smallest());
            default -> OptionalDouble.empty();
        };
    }

    /** What gives its values, in words. */
    String events() {
        if (ofExplorationWindows()) {
            return "windows of " + ExplorationWindow.DECISIONS + " decisions";
        }
        return ofDecisions() ? "decisions" : this == RATE ? "stretches of time" : "feedbacks";
    }

    /** Whether a change of the spread is looked for beside one of the level. */
    boolean withSpread() {
        return this == PREDICTION || this == REWARD || this == OBSERVED;
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

    /** What has a spread. */
    String plural() {
        return plural;
    }
}
