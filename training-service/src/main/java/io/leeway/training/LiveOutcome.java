package io.leeway.training;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Component;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.RolloutMode;
import io.leeway.contracts.ServingMode;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.SlotProbabilities;
import io.leeway.core.promotion.LiveComparison;
import java.util.List;
import java.util.Optional;

/**
 * Brings a feedback into the comparison of a rollout: with the probabilities that champion and challenger each gave to what was done, all
 * slots together, or with their predictions. Stateless.
 */
final class LiveOutcome {
    private LiveOutcome() {}

    /**
     * True if it counted: decided by, or beside, the very versions that are compared; its first revision; and not held still, answered by
     * a baseline, or brought in as history.
     */
    static boolean add(Feedback feedback, VersionRollout rollout, RewardReplay replay, LiveComparison live) {
        Decision decision = feedback.decision();
        boolean policyDecided =
                !ServingMode.isBaseline(decision.policy()) && !decision.policy().equals("frozen");
        if (feedback.revision() != 1 || feedback.imported() || !policyDecided) {
            return false;
        }
        return rollout.mode() == RolloutMode.SHADOW
                ? shadowed(feedback, rollout, replay, live)
                : mixed(feedback, rollout, replay, live);
    }

    private static boolean mixed(Feedback feedback, VersionRollout rollout, RewardReplay replay, LiveComparison live) {
        Decision decision = feedback.decision();
        Optional<Component> challenger = find(decision.components(), ModelRole.CHALLENGER, rollout.version());
        Optional<Component> champion = find(decision.components(), ModelRole.CHAMPION, rollout.champion());
        if (challenger.isEmpty() || champion.isEmpty()) {
            return false;
        }
        if (decision.kind() == LoopKind.REGRESSION) {
            return predicted(
                    feedback, challenger.get().prediction(), champion.get().prediction(), replay, live);
        }
        double own = probability(challenger.get(), decision.slots());
        double theirs = probability(champion.get(), decision.slots());
        double logged = challenger.get().weight() * own + champion.get().weight() * theirs;
        if (!(logged > 0)) {
            return false;
        }
        live.decision(own, theirs, logged, reward(feedback, replay));
        return true;
    }

    private static boolean shadowed(
            Feedback feedback, VersionRollout rollout, RewardReplay replay, LiveComparison live) {
        Decision decision = feedback.decision();
        Optional<Component> shadow = find(decision.shadows(), ModelRole.SHADOW, rollout.version());
        boolean byChampion = decision.modelVersion() == rollout.champion()
                && decision.components().isEmpty();
        if (shadow.isEmpty() || !byChampion) {
            return false;
        }
        if (decision.kind() == LoopKind.REGRESSION) {
            return predicted(feedback, shadow.get().prediction(), decision.prediction(), replay, live);
        }
        double logged = 1;
        for (SlotDecision slot : decision.slots()) {
            logged *= slot.probability();
        }
        live.shadowed(probability(shadow.get(), decision.slots()), logged, reward(feedback, replay));
        return true;
    }

    private static boolean predicted(
            Feedback feedback, Double own, Double theirs, RewardReplay replay, LiveComparison live) {
        if (own == null || theirs == null || FeedbackRows.withoutValue(feedback)) {
            return false;
        }
        live.prediction(own, theirs, replay.of(feedback, SlotDecision.MAIN));
        return true;
    }

    private static Optional<Component> find(List<Component> components, ModelRole role, long version) {
        return components.stream()
                .filter(component -> component.role().equals(role.word()) && component.modelVersion() == version)
                .findFirst();
    }

    /** Of all that was done, by one policy alone; its later slots are logged given the choices before. */
    private static double probability(Component component, List<SlotDecision> done) {
        double probability = 1;
        for (int i = 0; i < done.size(); i++) {
            SlotProbabilities slot = component.slots().get(i);
            String action = done.get(i).action();
            probability *= slot.probabilities().stream()
                    .filter(entry -> entry.action().equals(action))
                    .mapToDouble(ActionProbability::probability)
                    .findFirst()
                    .orElse(0);
        }
        return probability;
    }

    /** The mean over the slots, which stays within the range of one. */
    private static double reward(Feedback feedback, RewardReplay replay) {
        return feedback.decision().slots().stream()
                .mapToDouble(slot -> replay.of(feedback, slot.name()))
                .average()
                .orElse(feedback.reward());
    }
}
