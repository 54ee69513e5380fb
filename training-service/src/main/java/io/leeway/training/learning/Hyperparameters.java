package io.leeway.training.learning;

import io.leeway.core.bandit.continuous.ContinuousLearners;
import io.leeway.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a learner can be told. Immutable.
 *
 * @param learner dl4j, linear, or one that learns on from feedback to feedback
 * @param epochs passes over the data at the most, >= 1
 * @param batchRows rows of a minibatch, >= 1
 * @param learningRate step size of Adam, > 0
 * @param l2 weight of the squared norm, >= 0
 * @param holdoutShare newest share of the rows that is judged by and not trained on, in [0, 0.9]
 * @param validationShare newest share of the rest that says when to stop, in (0, 0.9]
 * @param refit whether what said when to stop is learned from too, by a second fit that stops there
 * @param intervals of a regression's predictions
 * @param weighting by what rows count
 * @param bandit what a bandit's model learns and says of its doubt
 */
public record Hyperparameters(
        String learner,
        List<Integer> hiddenLayers,
        int epochs,
        int batchRows,
        double learningRate,
        double l2,
        long seed,
        double holdoutShare,
        double validationShare,
        boolean refit,
        Intervals intervals,
        Weighting weighting,
        BanditLearning bandit) {
    public static final double VALIDATION_SHARE = 0.15;
    public static final String DL4J = "dl4j";
    public static final String LINEAR = "linear";

    /** With what is seldom set. */
    public Hyperparameters(
            String learner,
            List<Integer> hiddenLayers,
            int epochs,
            int batchRows,
            double learningRate,
            double l2,
            long seed,
            double holdoutShare) {
        this(
                learner,
                hiddenLayers,
                epochs,
                batchRows,
                learningRate,
                l2,
                seed,
                holdoutShare,
                VALIDATION_SHARE,
                false,
                Intervals.NONE,
                Weighting.EQUAL,
                BanditLearning.PLAIN);
    }

    public Hyperparameters {
        hiddenLayers = List.copyOf(hiddenLayers);
        if (!learner.equals(DL4J) && !learner.equals(LINEAR) && !Replay.isOnline(learner)) {
            throw new IllegalArgumentException(
                    "must be dl4j, linear or one of " + ContinuousLearners.NAMES + ": learner=" + learner);
        }
        if (epochs < 1 || batchRows < 1) {
            throw new IllegalArgumentException("must be >= 1: epochs=" + epochs + " batchRows=" + batchRows);
        }
        if (!(learningRate > 0) || !(l2 >= 0)) {
            throw new IllegalArgumentException("must be > 0 and >= 0: learningRate=" + learningRate + " l2=" + l2);
        }
        if (!(holdoutShare >= 0 && holdoutShare <= 0.9)) {
            throw new IllegalArgumentException("must be in [0, 0.9]: holdoutShare=" + holdoutShare);
        }
        if (!(validationShare > 0 && validationShare <= 0.9)) {
            throw new IllegalArgumentException("must be in (0, 0.9]: validationShare=" + validationShare);
        }
    }

    /** Whether a network is trained, and not something that plain code fits. */
    public boolean isNetwork() {
        return learner.equals(DL4J);
    }

    /** The same but for how long it learns. */
    public Hyperparameters withEpochs(int other) {
        return with(other, holdoutShare, intervals, bandit);
    }

    /** The same but for what is held out. */
    public Hyperparameters withHoldoutShare(double other) {
        return with(epochs, other, intervals, bandit);
    }

    /** The same but for what is special of bandits. */
    public Hyperparameters withBandit(BanditLearning other) {
        return with(epochs, holdoutShare, intervals, other);
    }

    /** The same without intervals, which are a regression's. */
    Hyperparameters withoutIntervals() {
        return with(epochs, holdoutShare, Intervals.NONE, bandit);
    }

    private Hyperparameters with(
            int otherEpochs, double otherShare, Intervals otherIntervals, BanditLearning otherBandit) {
        return new Hyperparameters(
                learner,
                hiddenLayers,
                otherEpochs,
                batchRows,
                learningRate,
                l2,
                seed,
                otherShare,
                validationShare,
                refit,
                otherIntervals,
                weighting,
                otherBandit);
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("learner", learner);
        json.put("hiddenLayers", hiddenLayers);
        json.put("epochs", epochs);
        json.put("batchRows", batchRows);
        json.put("learningRate", learningRate);
        json.put("l2", l2);
        json.put("seed", seed);
        json.put("holdoutShare", holdoutShare);
        json.put("validationShare", validationShare);
        json.put("refit", refit);
        json.putAll(intervals.toJson());
        json.putAll(weighting.toJson());
        json.putAll(bandit.toJson());
        return json;
    }

    public static Hyperparameters fromJson(JsonObject json) {
        String learner = json.text("learner", DL4J);
        List<Integer> hidden = json.has("hiddenLayers")
                ? json.list("hiddenLayers").stream()
                        .map(units -> Math.toIntExact(((Number) units).longValue()))
                        .toList()
                : List.of(64, 64);
        return new Hyperparameters(
                learner,
                hidden,
                Math.toIntExact(json.integer("epochs", 40)),
                Math.toIntExact(json.integer("batchRows", 256)),
                json.number("learningRate", 0.003),
                json.number("l2", learner.equals(DL4J) ? 1e-5 : 1),
                json.integer("seed", 42),
                json.number("holdoutShare", 0.2),
                json.number("validationShare", VALIDATION_SHARE),
                json.has("refit") && json.flag("refit"),
                Intervals.fromJson(json),
                Weighting.fromJson(json),
                BanditLearning.fromJson(json));
    }
}
