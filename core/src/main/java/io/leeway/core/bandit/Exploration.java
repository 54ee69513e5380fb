package io.leeway.core.bandit;

import io.leeway.core.model.SampledScorer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A rule that turns scores into probabilities. Ties are split evenly, the result does not depend on the order of the actions
 * beyond being permuted with them, and it sums to 1 within 1e-9. Immutable.
 */
public sealed interface Exploration permits Uniform, Greedy, EpsilonGreedy, Softmax, SquareCb, Thompson, UpperBound {
    /** Exact probabilities for finite scores, at least one. */
    double[] probabilities(double[] scores);

    /** Whether it looks at how certain the model is, and not at its scores alone. */
    default boolean asksForDoubt() {
        return false;
    }

    /**
     * The same where a model has several opinions.
     *
     * @param samples [opinion][action], at least one of each
     */
    default double[] sampledProbabilities(double[][] samples) {
        return probabilities(SampledScorer.means(samples));
    }

    /**
     * The rule of a name: uniform; greedy; epsilonGreedy (epsilon); softmax (temperature); squareCb (gamma, scale); thompson;
     * ucb (beta). Case, dashes and underscores in the name do not matter; parameters left out take their defaults, unknown ones are refused.
     */
    static Exploration of(String kind, Map<String, Double> parameters) {
        Map<String, Double> given = parameters == null ? Map.of() : parameters;
        switch (kind.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "")) {
            case "uniform" -> {
                requireKnown(given, Set.of());
                return new Uniform();
            }
            case "greedy" -> {
                requireKnown(given, Set.of());
                return new Greedy();
            }
            case "epsilongreedy" -> {
                requireKnown(given, Set.of("epsilon"));
                return new EpsilonGreedy(given.getOrDefault("epsilon", EpsilonGreedy.DEFAULT_EPSILON));
            }
            case "softmax" -> {
                requireKnown(given, Set.of("temperature"));
                return new Softmax(given.getOrDefault("temperature", Softmax.DEFAULT_TEMPERATURE));
            }
            case "squarecb" -> {
                requireKnown(given, Set.of("gamma", "scale"));
                return new SquareCb(
                        given.getOrDefault("gamma", SquareCb.DEFAULT_GAMMA),
                        given.getOrDefault("scale", SquareCb.DEFAULT_SCALE));
            }
            case "thompson" -> {
                requireKnown(given, Set.of());
                return new Thompson();
            }
            case "ucb" -> {
                requireKnown(given, Set.of("beta"));
                return new UpperBound(given.getOrDefault("beta", UpperBound.DEFAULT_BETA));
            }
            default ->
                throw new IllegalArgumentException(
                        "must be uniform, greedy, epsilonGreedy, softmax, squareCb, thompson or ucb: exploration="
                                + kind);
        }
    }

    private static void requireKnown(Map<String, Double> given, Set<String> known) {
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("must be one of " + new TreeSet<>(known) + ": parameter=" + name);
            }
        }
    }
}
