package io.leeway.prediction;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Component;
import io.leeway.contracts.FeatureEffect;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.SlotProbabilities;
import io.leeway.contracts.SlotRequest;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Scored;
import io.leeway.core.bandit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fills the slots of one decision in their order. Remembers what was filled, so an instance serves one decision; not thread safe. */
abstract class Fill {
    protected final String salt;
    protected final String eventId;
    private final Map<String, Object> context;
    private final List<ServingComponent> shadows;
    private final List<List<SlotProbabilities>> shadowSlots = new ArrayList<>();

    Fill(String salt, String eventId, Map<String, Object> context, List<ServingComponent> shadows) {
        this.salt = salt;
        this.eventId = eventId;
        this.context = context;
        this.shadows = shadows;
        shadows.forEach(shadow -> shadowSlots.add(new ArrayList<>()));
    }

    /** What was chosen for the next slot, with the probability of each action given what the slots before took. */
    final SlotDecision fill(SlotRequest slot, Offer.Eligible eligible) {
        Map<String, Object> known = SlotDecision.contextOf(context, slot.features());
        for (int i = 0; i < shadows.size(); i++) {
            Scored scored = shadows.get(i).policy().policy().decide(known, eligible.core());
            shadowSlots.get(i).add(new SlotProbabilities(slot.name(), probabilities(eligible, scored)));
        }
        return choose(slot, known, eligible);
    }

    protected abstract SlotDecision choose(SlotRequest slot, Map<String, Object> known, Offer.Eligible eligible);

    /** Name of the policy that decided. */
    abstract String policy();

    /** Version of the model that decided; 0 without a model. */
    abstract long modelVersion();

    /** As VERSION+FEEDBACKS; null where a version itself decided. */
    abstract String checkpoint();

    /** The mixture; null where there was only one policy. */
    abstract List<Component> components();

    /** Index of the component that was drawn; null without a mixture. */
    abstract Integer drawnComponent();

    /** What moved the score of the slot's chosen action; empty without a model. */
    abstract List<FeatureEffect> explain(SlotDecision decided, Offer.Eligible eligible);

    /** What the shadows would have done; null without any. */
    final List<Component> shadows() {
        return logged(shadows, shadowSlots);
    }

    protected final Map<String, Object> context() {
        return context;
    }

    protected final double draw(String slot) {
        return Seeds.uniform(salt, eventId, slot, Choose.PURPOSE);
    }

    protected static List<Component> logged(List<ServingComponent> served, List<List<SlotProbabilities>> slots) {
        if (served.isEmpty()) {
            return null;
        }
        List<Component> components = new ArrayList<>(served.size());
        for (int i = 0; i < served.size(); i++) {
            ServingComponent one = served.get(i);
            components.add(new Component(
                    one.role(), one.policy().modelVersion(), one.policy().word(), one.weight(), slots.get(i), null));
        }
        return components;
    }

    protected static List<ActionProbability> probabilities(Offer.Eligible eligible, Scored scored) {
        return probabilities(eligible, scored.distribution(), scored.scores().orElse(null));
    }

    protected static List<ActionProbability> probabilities(
            Offer.Eligible eligible, Distribution distribution, double[] scores) {
        List<ActionProbability> probabilities = new ArrayList<>(eligible.size());
        for (int i = 0; i < eligible.size(); i++) {
            probabilities.add(new ActionProbability(
                    eligible.actions().get(i).id(), distribution.probability(i), scores == null ? null : scores[i]));
        }
        return probabilities;
    }
}
