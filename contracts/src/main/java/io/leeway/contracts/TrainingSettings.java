package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.List;

/** How a loop's models are trained and when, beside drift. */
public record TrainingSettings(
        @JsonPropertyDescription(
                "dl4j (default): a network; linear: ridge regression; and, each learning on from feedback to feedback:"
                        + " linear-online: a linear model of hashed features, ridge-online: a Bayesian linear regression per"
                        + " action, auto: a comparison of experts of several kinds")
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
                "loss against the champion that the quality gate tolerates, share of the champion's value, in [0, 1];"
                        + " default 0.02")
        Double tolerance,

        @JsonPropertyDescription(
                "newest share of what is not held out that says when to stop and how wide prediction intervals are, in"
                        + " [0.05, 0.9]; default 0.15")
        Double validationShare,

        @JsonPropertyDescription(
                "whether a network learns once more, from what said when to stop too, which takes about as long again;"
                        + " default false")
        Boolean refit,

        @JsonPropertyDescription(
                "share of the values that a regression's prediction intervals are to hold, in [0.5, 0.99]; absent: no"
                        + " intervals")
        Double interval,

        @JsonPropertyDescription(
                "age of a feedback, counted from the newest, at which it counts half; absent: age does not matter")
        Duration halfLife,

        @JsonPropertyDescription("learn from no feedback older than this; absent: windowRows alone")
        Duration windowAge,

        @JsonPropertyDescription(
                "whether a bandit's feedback counts by the inverse of its action's probability, at most 20; default"
                        + " false")
        Boolean importance,

        @JsonPropertyDescription(
                "where a network begins: fresh (default), or champion: with the weights of the loop's champion, where"
                        + " that has the same layers")
        String start,

        @JsonPropertyDescription(
                "what a bandit's model learns: direct (default): the reward of the action that was taken;"
                        + " doublyRobust: for every eligible action a reward that is right on average whatever was taken"
                        + " more often, which takes as many times longer as there are actions")
        String target,

        @JsonPropertyDescription(
                "what a bandit's network says of its own doubt, for the rules thompson and ucb: none (default);"
                        + " lastLayer: draws from a Gaussian posterior of the last layer; ensemble: last layers that each"
                        + " learn from a bootstrap sample")
        String posterior,

        @JsonPropertyDescription("draws or members of the posterior, 2 to 256; default 32 (lastLayer), 10 (ensemble)")
        Integer members,

        @JsonPropertyDescription(
                "how often an online learner's checkpoint is published while it learns, >= PT1S; default PT5S; of no meaning"
                        + " for other learners")
        Duration modelExportFrequency,

        @JsonPropertyDescription(
                "how long an online learner's checkpoints are kept, >= PT1M; default P7D; of no meaning for other learners")
        Duration checkpointsKept,

        @JsonPropertyDescription(
                "how prediction intervals are made: quantiles (default): a network states two quantiles of the value for"
                        + " each input, which are then moved to hold their share; residuals: by how large errors were"
                        + " where predictions were alike, as for every learner that is no network")
        String intervalBy) {

    public static final List<String> STARTS = List.of("fresh", "champion");
    public static final List<String> TARGETS = List.of("direct", "doublyRobust");
    public static final List<String> POSTERIORS = List.of("none", "lastLayer", "ensemble");
    private static final int DEFAULT_ENSEMBLE = 10;
    private static final int DEFAULT_DRAWS = 32;
    public static final List<String> INTERVALS = List.of("quantiles", "residuals");
    public static final List<String> LEARNERS = List.of("dl4j", "linear", "linear-online", "ridge-online", "auto");
    /** Those that learn on from feedback to feedback. */
    public static final List<String> ONLINE = List.of("linear-online", "ridge-online", "auto");

    public static final TrainingSettings DEFAULT =
            new TrainingSettings(null, null, null, null, null, null, null, null, null, null, null, null, null);

    /** With what is seldom set at its defaults. */
    public TrainingSettings(
            String learner,
            List<Integer> hiddenLayers,
            Integer epochs,
            Integer batchRows,
            Double learningRate,
            Double l2,
            Long seed,
            Integer minimumFeedback,
            Integer windowRows,
            Double holdoutShare,
            Duration every,
            Integer everyFeedback,
            Double tolerance) {
        this(
                learner,
                hiddenLayers,
                epochs,
                batchRows,
                learningRate,
                l2,
                seed,
                minimumFeedback,
                windowRows,
                holdoutShare,
                every,
                everyFeedback,
                tolerance,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The defaults, and training after so many feedbacks each time. */
    public static TrainingSettings afterEvery(int feedbacks) {
        return new TrainingSettings(null, null, null, null, null, null, null, null, null, null, null, feedbacks, null);
    }

    /** Whether the learner learns on from feedback to feedback. */
    @JsonIgnore
    public boolean online() {
        return ONLINE.contains(learner);
    }

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
        validationShare = Check.within("validationShare", Check.or(validationShare, 0.15), 0.05, 0.9);
        refit = Check.or(refit, false);
        if (interval != null) {
            Check.within("interval", interval, 0.5, 0.99);
        }
        if (halfLife != null && halfLife.toSeconds() < 1) {
            throw new ContractViolation("halfLife", "must be >= PT1S", halfLife);
        }
        if (windowAge != null && windowAge.toSeconds() < 1) {
            throw new ContractViolation("windowAge", "must be >= PT1S", windowAge);
        }
        importance = Check.or(importance, false);
        start = oneOf("start", Check.or(start, "fresh"), STARTS);
        target = oneOf("target", Check.or(target, "direct"), TARGETS);
        posterior = oneOf("posterior", Check.or(posterior, "none"), POSTERIORS);
        members = (int) Check.within(
                "members", Check.or(members, posterior.equals("ensemble") ? DEFAULT_ENSEMBLE : DEFAULT_DRAWS), 2, 256);
        modelExportFrequency = Check.or(modelExportFrequency, Duration.ofSeconds(5));
        if (modelExportFrequency.toSeconds() < 1) {
            throw new ContractViolation("modelExportFrequency", "must be >= PT1S", modelExportFrequency);
        }
        checkpointsKept = Check.or(checkpointsKept, Duration.ofDays(7));
        if (checkpointsKept.toMinutes() < 1) {
            throw new ContractViolation("checkpointsKept", "must be >= PT1M", checkpointsKept);
        }
        intervalBy = oneOf("intervalBy", Check.or(intervalBy, "quantiles"), INTERVALS);
    }

    private static String oneOf(String field, String value, List<String> known) {
        if (!known.contains(value)) {
            throw new ContractViolation(field, "must be one of " + known, value);
        }
        return value;
    }
}
