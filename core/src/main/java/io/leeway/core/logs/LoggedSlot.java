package io.leeway.core.logs;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One choice of a logged event. Immutable.
 *
 * @param features of the slot itself
 * @param ranking indexes of the eligible actions among the event's, the chosen one first; only the chosen one where the log does not
 *     name the others
 * @param probability of the chosen action, in (0, 1]
 * @param probabilities in the order of the ranking, summing to 1 within rounding; empty where only that of the chosen one is known
 * @param reward finite, the higher the better
 * @param originalReward before an apprentice's label took its place; the reward where nothing did
 */
public record LoggedSlot(
        String name,
        Map<String, Object> features,
        List<Integer> ranking,
        double probability,
        List<Double> probabilities,
        double reward,
        double originalReward,
        List<Outcome> outcomes) {
    /** Name of the slot of an event that has only one. */
    public static final String MAIN = "main";
    /** Logs round their probabilities. */
    static final double ROUNDING = 1e-4;

    public LoggedSlot {
        features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
        ranking = List.copyOf(ranking);
        probabilities = List.copyOf(probabilities);
        outcomes = List.copyOf(outcomes);
        if (ranking.isEmpty()) {
            throw new LogFormatException("must be >= 1: actions=0");
        }
        Set<Integer> seen = new HashSet<>();
        for (int action : ranking) {
            if (!seen.add(action)) {
                throw new LogFormatException("must name an action once: a=" + (action + 1));
            }
        }
        checkReward(reward);
        checkReward(originalReward);
        check(ranking.size(), 0, probability, probabilities);
    }

    private static void checkReward(double reward) {
        if (!Double.isFinite(reward)) {
            throw new LogFormatException("must be finite: reward=" + reward);
        }
    }

    /** Index of the chosen action among the event's. */
    public int chosen() {
        return ranking.get(0);
    }

    static void check(int actions, int chosen, double probability, List<Double> probabilities) {
        if (!(probability > 0 && probability <= 1)) {
            throw new LogFormatException("must be in (0, 1]: probability=" + probability);
        }
        if (probabilities.isEmpty()) {
            return;
        }
        if (probabilities.size() != actions) {
            throw new LogFormatException(
                    "must be one for each of " + actions + " actions: probabilities=" + probabilities.size());
        }
        double sum = 0;
        for (double one : probabilities) {
            if (!(one >= 0 && one <= 1)) {
                throw new LogFormatException("must be in [0, 1]: probability=" + one);
            }
            sum += one;
        }
        if (Math.abs(sum - 1) > ROUNDING * actions) {
            throw new LogFormatException("must sum to 1: probabilities=" + sum);
        }
        if (Math.abs(probabilities.get(chosen) - probability) > ROUNDING) {
            throw new LogFormatException("must be the probability of the chosen action, " + probabilities.get(chosen)
                    + ": probability=" + probability);
        }
    }
}
