package io.leeway.prediction;

import io.leeway.contracts.Component;
import io.leeway.contracts.FeatureEffect;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.SlotRequest;
import io.leeway.core.bandit.Distribution;
import java.util.List;
import java.util.Map;

/** Fills slots without a draw: with a pinned action where it is eligible, else with the baseline, else with the first eligible. */
final class CertainFill extends Fill {
    private final String policy;
    private final String pinned;

    /** @param pinned null where there is none */
    CertainFill(
            String salt,
            String eventId,
            Map<String, Object> context,
            String policy,
            String pinned,
            List<ServingComponent> shadows) {
        super(salt, eventId, context, shadows);
        this.policy = policy;
        this.pinned = pinned;
    }

    @Override
    protected SlotDecision choose(SlotRequest slot, Map<String, Object> known, Offer.Eligible eligible) {
        int chosen = eligible.indexOf(pinned);
        if (chosen < 0) {
            chosen = Math.max(0, eligible.indexOf(slot.baseline()));
        }
        double[] certain = new double[eligible.size()];
        certain[chosen] = 1;
        return new SlotDecision(
                slot.name(),
                probabilities(eligible, Distribution.of(certain), null),
                eligible.actions().get(chosen).id(),
                1,
                draw(slot.name()),
                slot.features(),
                slot.excluded(),
                slot.baseline());
    }

    @Override
    String policy() {
        return policy;
    }

    @Override
    String checkpoint() {
        return null;
    }

    @Override
    long modelVersion() {
        return 0;
    }

    @Override
    List<Component> components() {
        return null;
    }

    @Override
    Integer drawnComponent() {
        return null;
    }

    @Override
    List<FeatureEffect> explain(SlotDecision decided, Offer.Eligible eligible) {
        return List.of();
    }
}
