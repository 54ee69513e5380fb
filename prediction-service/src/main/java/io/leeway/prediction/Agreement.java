package io.leeway.prediction;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Component;
import io.leeway.contracts.Decision;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.ServingMode;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.SlotProbabilities;
import java.util.OptionalDouble;

/** How far an apprentice's model would have done what the baseline did. Stateless. */
final class Agreement {
    private Agreement() {}

    /** The share of slots in which the model's best action was the baseline's, a tie by its share; empty without a model. */
    static OptionalDouble of(Decision decision) {
        if (!decision.policy().equals(ServingMode.APPRENTICE.word())) {
            return OptionalDouble.empty();
        }
        for (Component shadow : decision.shadows()) {
            if (shadow.role().equals(ModelRole.CHAMPION.word())) {
                double sum = 0;
                for (int i = 0; i < decision.slots().size(); i++) {
                    sum += share(decision.slots().get(i), shadow.slots().get(i));
                }
                return OptionalDouble.of(sum / decision.slots().size());
            }
        }
        return OptionalDouble.empty();
    }

    private static double share(SlotDecision answered, SlotProbabilities model) {
        double best = Double.NEGATIVE_INFINITY;
        int ties = 0;
        boolean agrees = false;
        for (ActionProbability entry : model.probabilities()) {
            double worth = entry.score() == null ? entry.probability() : entry.score();
            if (worth > best) {
                best = worth;
                ties = 0;
                agrees = false;
            }
            if (worth == best) {
                ties++;
                agrees |= entry.action().equals(answered.action());
            }
        }
        return agrees ? 1.0 / ties : 0;
    }
}
