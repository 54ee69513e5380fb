package io.leeway.prediction;

import io.leeway.contracts.Component;
import io.leeway.contracts.FeatureEffect;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.SlotProbabilities;
import io.leeway.contracts.SlotRequest;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Scored;
import io.leeway.core.bandit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Fills slots by draws from a mixture of policies. One component is drawn for the whole decision and fills every slot; what is
 * logged is the mixture's probability of each action, given what the slots before took: the weights of the components in a later
 * slot are those that Bayes' rule leaves after the choices before.
 */
final class DrawnFill extends Fill {
    /** What the random number that draws the component is for. */
    static final String PURPOSE = Seeds.COMPONENT;

    private final List<ServingComponent> components;
    private final List<List<SlotProbabilities>> filled = new ArrayList<>();
    private final double[] weights;
    private final int drawn;

    DrawnFill(
            String salt,
            String eventId,
            Map<String, Object> context,
            List<ServingComponent> components,
            List<ServingComponent> shadows) {
        super(salt, eventId, context, shadows);
        this.components = components;
        this.weights = components.stream().mapToDouble(ServingComponent::weight).toArray();
        this.drawn = components.size() == 1 ? 0 : drawComponent(salt, eventId, weights);
        components.forEach(component -> filled.add(new ArrayList<>()));
    }

    /** The component that a decision gets. */
    static int drawComponent(String salt, String eventId, double... weights) {
        return Distribution.of(weights).sample(Seeds.uniform(salt, eventId, SlotDecision.MAIN, PURPOSE));
    }

    @Override
    protected SlotDecision choose(SlotRequest slot, Map<String, Object> known, Offer.Eligible eligible) {
        Scored[] opinions = new Scored[components.size()];
        for (int i = 0; i < opinions.length; i++) {
            opinions[i] = components.get(i).policy().policy().decide(known, eligible.core());
        }
        Distribution mixed = opinions.length == 1 ? opinions[0].distribution() : mix(opinions);
        double draw = draw(slot.name());
        int chosen = opinions[drawn].distribution().sample(draw);
        if (opinions.length > 1) {
            keep(slot, eligible, opinions, chosen, mixed.probability(chosen));
        }
        return new SlotDecision(
                slot.name(),
                probabilities(eligible, mixed, opinions[drawn].scores().orElse(null)),
                eligible.actions().get(chosen).id(),
                Math.min(1, mixed.probability(chosen)),
                draw,
                slot.features(),
                slot.excluded(),
                slot.baseline());
    }

    private Distribution mix(Scored[] opinions) {
        return Distribution.mixed(
                weights, Arrays.stream(opinions).map(Scored::distribution).toArray(Distribution[]::new));
    }

    private void keep(
            SlotRequest slot, Offer.Eligible eligible, Scored[] opinions, int chosen, double probabilityOfChosen) {
        for (int i = 0; i < opinions.length; i++) {
            filled.get(i).add(new SlotProbabilities(slot.name(), probabilities(eligible, opinions[i])));
            weights[i] *= opinions[i].distribution().probability(chosen) / probabilityOfChosen;
        }
    }

    @Override
    String policy() {
        return components.get(drawn).policy().word();
    }

    @Override
    String checkpoint() {
        return components.get(drawn).policy().checkpoint();
    }

    @Override
    long modelVersion() {
        return components.get(drawn).policy().modelVersion();
    }

    @Override
    List<Component> components() {
        return components.size() == 1 ? null : logged(components, filled);
    }

    @Override
    Integer drawnComponent() {
        return components.size() == 1 ? null : drawn;
    }

    @Override
    List<FeatureEffect> explain(SlotDecision decided, Offer.Eligible eligible) {
        return Explain.choice(
                components.get(drawn).policy().policy().scorer(),
                decided.name(),
                decided.contextOf(context()),
                eligible.core().get(eligible.indexOf(decided.action())));
    }
}
