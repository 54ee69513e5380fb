package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.List;

/** How a loop's models are trained and when, beside drift. */
public record TrainingSettings(
        @JsonPropertyDescription("dl4j (default): a network; linear: ridge regression")
        String learner,

        @JsonPropertyDescription("units of each hidden layer of a network, 1 to 1024 each, at most 8; default [64, 64]")
        List<Integer> hiddenLayers,

        @JsonPropertyDescription("passes over the data at the most, 1 to 10000; default 40")
        Integer epochs,

        @JsonPropertyDescription("rows of a minibatch, 1 to 65536; default 256")
        Integer batchRows,

        @JsonPropertyDescription("step size of Adam, > 0; default 0.003")
        Double learningRate,

        @JsonPropertyDescription("weight of the squared norm, >= 0; default 0.00001 (network), 1 (linear)")
        Double l2,

        @JsonPropertyDescription("seed of weights and shuffling; default 42")
        Long seed,

        @JsonPropertyDescription("fewest feedbacks to train on, >= 10; default 500")
        Integer minimumFeedback,

        @JsonPropertyDescription("newest feedbacks to train on at the most, >= minimumFeedback; default 100000")
        Integer windowRows,

        @JsonPropertyDescription("newest share that is held out for the gate, in [0.05, 0.5]; default 0.2")
        Double holdoutShare,

        @JsonPropertyDescription("retrain this often; absent: not by the clock")
        Duration every,

        @JsonPropertyDescription("retrain after this many feedbacks, >= 10; absent: not by volume")
        Integer everyFeedback,

        @JsonPropertyDescription(
                "loss against the champion that the quality gate tolerates, share of the champion's value, in [0, 1]; default 0.02")
        Double tolerance) {

    public static final List<String> LEARNERS = List.of("dl4j", "linear");
    public static final TrainingSettings DEFAULT =
            new TrainingSettings(null, null, null, null, null, null, null, null, null, null, null, null, null);

    public TrainingSettings {
        learner = Check.or(learner, "dl4j");
        if (!LEARNERS.contains(learner)) {
            throw new ContractViolation("learner", "must be one of " + LEARNERS, learner);
        }
        hiddenLayers = hiddenLayers == null ? List.of(64, 64) : Check.copy("hiddenLayers", hiddenLayers);
        if (hiddenLayers.size() > 8) {
            throw new ContractViolation("hiddenLayers", "must have at most 8 layers", hiddenLayers.size());
        }
        for (int units : hiddenLayers) {
            Check.within("hiddenLayers", units, 1, 1024);
        }
        epochs = (int) Check.within("epochs", Check.or(epochs, 40), 1, 10_000);
        batchRows = (int) Check.within("batchRows", Check.or(batchRows, 256), 1, 65_536);
        learningRate = Check.finite("learningRate", Check.or(learningRate, 0.003));
        if (!(learningRate > 0)) {
            throw new ContractViolation("learningRate", "must be > 0", learningRate);
        }
        l2 = Check.atLeast("l2", Check.finite("l2", Check.or(l2, learner.equals("dl4j") ? 1e-5 : 1)), 0);
        seed = Check.or(seed, 42L);
        minimumFeedback = Check.atLeast("minimumFeedback", Check.or(minimumFeedback, 500), 10);
        windowRows = Check.atLeast("windowRows", Check.or(windowRows, 100_000), minimumFeedback);
        holdoutShare = Check.within("holdoutShare", Check.or(holdoutShare, 0.2), 0.05, 0.5);
        if (every != null && every.toSeconds() < 1) {
            throw new ContractViolation("every", "must be >= PT1S", every);
        }
        if (everyFeedback != null) {
            Check.atLeast("everyFeedback", everyFeedback, 10);
        }
        tolerance = Check.within("tolerance", Check.or(tolerance, 0.02), 0, 1);
    }
}
