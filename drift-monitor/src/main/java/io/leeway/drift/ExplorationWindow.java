package io.leeway.drift;

import io.leeway.core.json.JsonObject;
import io.leeway.drift.WatchEvent.Chosen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much the newest decisions say of policies that did not take them. Not thread safe. O(1) memory.
 *
 * <p>Over every {@link #DECISIONS} decisions in a row that had a choice, the effective sample size of a target policy is
 * (sum w)^2 / (sum w^2), with w = pi(a) / p the target's probability of the action that was taken over the one that was logged; 0 where the target
 * would have taken none of them. Divided by the decisions it is in [0, 1]. Targets are the policy that chooses evenly (pi = 1 / K) and the
 * greedy policy of the serving model (pi = 1 for the action of the highest score, shared evenly where several have it; where
 * scores were not logged, for the most probable action). The first falls as exploration ends; the second falls where the model's own best
 * action is taken too rarely to be judged.
 *
 * @see "Kish, Survey Sampling, Wiley 1965, section 8.2"
 */
final class ExplorationWindow {
    static final int DECISIONS = 25;

    private int decisions;
    private Weights even = Weights.NONE;
    private Weights greedy = Weights.NONE;
    private double smallest = 1;

    /** Sums of importance weights and of their squares. */
    private record Weights(double sum, double squares) {
        static final Weights NONE = new Weights(0, 0);

        Weights plus(double weight) {
            return new Weights(sum + weight, squares + weight * weight);
        }

        double effective() {
            return squares == 0 ? 0 : sum * sum / squares;
        }
    }

    /**
     * A window that is full.
     *
     * @param even effective sample size for the policy that chooses evenly, over the decisions, in [0, 1]
     * @param greedy the same for the greedy policy
     * @param smallest probability of any action that could be chosen, in (0, 1]
     */
    record Figures(double even, double greedy, double smallest) {}

    /** Empty where the window is not full yet. */
    Optional<Figures> add(Chosen chosen) {
        if (chosen == null || chosen.eligible() < 2 || chosen.greedy() == null) {
            return Optional.empty();
        }
        even = even.plus(1 / (chosen.eligible() * chosen.probability()));
        greedy = greedy.plus(chosen.greedy() / chosen.probability());
        smallest = Math.min(smallest, chosen.smallest());
        decisions++;
        if (decisions < DECISIONS) {
            return Optional.empty();
        }
        Figures figures = new Figures(even.effective() / DECISIONS, greedy.effective() / DECISIONS, smallest);
        decisions = 0;
        even = Weights.NONE;
        greedy = Weights.NONE;
        smallest = 1;
        return Optional.of(figures);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("decisions", decisions);
        json.put("even", List.of(even.sum, even.squares));
        json.put("greedy", List.of(greedy.sum, greedy.squares));
        json.put("smallest", smallest);
        return json;
    }

    static ExplorationWindow fromJson(JsonObject json) {
        ExplorationWindow restored = new ExplorationWindow();
        restored.decisions = (int) json.integer("decisions");
        double[] even = json.numbers("even");
        double[] greedy = json.numbers("greedy");
        restored.even = new Weights(even[0], even[1]);
        restored.greedy = new Weights(greedy[0], greedy[1]);
        restored.smallest = json.number("smallest");
        return restored;
    }
}
