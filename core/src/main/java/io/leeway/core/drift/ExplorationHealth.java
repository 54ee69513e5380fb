package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.Map;

/**
 * How much a policy still explores: what its logged decisions are worth for judging other policies. Mergeable; not thread-safe.
 * O(1) memory and O(actions) time per decision.
 *
 * <p>The weights are those of the policy that chooses evenly: 1 / (K p) for the chosen of K actions, of mean 1 whatever the policy.
 *
 * @see "Kish, Survey Sampling, Wiley 1965 (effective sample size)"
 */
public final class ExplorationHealth {
    private long decisions;
    private double weights;
    private double squaredWeights;
    private double smallest = 1;
    private double logarithms;
    private double entropies;
    private long settled;

    /**
     * What was seen.
     *
     * @param effectiveSampleSize evenly chosen decisions that these are worth, in (0, decisions]
     * @param effectiveShare the same per decision, in (0, 1]
     * @param smallestProbability of any eligible action in any decision, in [0, 1]
     * @param meanLogProbability mean natural logarithm of the probability of the chosen action, at most 0
     * @param entropyShare mean of the distributions' entropy over that of the even one, in [0, 1]; 1 without decisions of two
     *     actions or more
     * @param settled decisions, in [0, decisions], in which some action could not be chosen at all
     */
    public record Figures(
            long decisions,
            double effectiveSampleSize,
            double effectiveShare,
            double smallestProbability,
            double meanLogProbability,
            double entropyShare,
            long settled) {}

    /** Takes in the probabilities of a decision's eligible actions and which was chosen; passes over decisions with no choice. */
    public void add(double[] probabilities, int chosen) {
        double probability = probabilities[chosen];
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("must be in (0, 1]: probability=" + probability);
        }
        if (probabilities.length < 2) {
            return;
        }
        decisions++;
        double weight = 1 / (probabilities.length * probability);
        weights += weight;
        squaredWeights += weight * weight;
        logarithms += Math.log(probability);
        double least = 1;
        for (double one : probabilities) {
            least = Math.min(least, one);
        }
        smallest = Math.min(smallest, least);
        settled += least > 0 ? 0 : 1;
        entropies += entropyShare(probabilities);
    }

    /** Entropy of one distribution over that of the even one, in [0, 1]: a value for a detector of how sure the policy is. */
    public static double entropyShare(double[] probabilities) {
        double entropy = 0;
        for (double p : probabilities) {
            entropy -= p > 0 ? p * Math.log(p) : 0;
        }
        return probabilities.length < 2 ? 1 : Math.max(0, Math.min(1, entropy / Math.log(probabilities.length)));
    }

    /** Takes in what another one saw, of other decisions. */
    public void merge(ExplorationHealth other) {
        decisions += other.decisions;
        weights += other.weights;
        squaredWeights += other.squaredWeights;
        smallest = Math.min(smallest, other.smallest);
        logarithms += other.logarithms;
        entropies += other.entropies;
        settled += other.settled;
    }

    public Figures figures() {
        if (decisions == 0) {
            return new Figures(0, 0, 1, 1, 0, 1, 0);
        }
        double effective = weights * weights / squaredWeights;
        return new Figures(
                decisions,
                effective,
                effective / decisions,
                smallest,
                logarithms / decisions,
                entropies / decisions,
                settled);
    }

    public Map<String, Object> toJson() {
        State state = State.writing();
        exchange(state);
        return state.toJson();
    }

    public static ExplorationHealth fromJson(Map<String, ?> json) {
        ExplorationHealth restored = new ExplorationHealth();
        restored.exchange(State.reading(JsonObject.of(json)));
        return restored;
    }

    private void exchange(State state) {
        decisions = state.integer("decisions", decisions);
        weights = state.number("weights", weights);
        squaredWeights = state.number("squaredWeights", squaredWeights);
        smallest = state.number("smallest", smallest);
        logarithms = state.number("logarithms", logarithms);
        entropies = state.number("entropies", entropies);
        settled = state.integer("settled", settled);
    }
}
