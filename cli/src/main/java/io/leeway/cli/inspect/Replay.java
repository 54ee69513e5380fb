package io.leeway.cli.inspect;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Component;
import io.leeway.contracts.Decision;
import io.leeway.contracts.SlotDecision;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Seeds;
import io.leeway.core.features.Action;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Scorer;
import io.leeway.core.model.Scorers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sampling of a decision done again from what is logged: salt of the loop, event id, and the logged probabilities. Says for each
 * step what came out, and whether that is what was logged.
 *
 * @param agrees whether every step came out as logged
 * @param steps in words
 */
record Replay(boolean agrees, List<String> steps) {
    private static final double TOLERANCE = 1e-9;
    private static final double SCORE_TOLERANCE = 1e-5;

    /** @param salt of the loop; without it the logged draws are taken as they are */
    static Replay of(Decision decision, Optional<String> salt) {
        Findings findings = new Findings();
        int drawn = component(decision, salt, findings);
        double[] weights =
                decision.components().stream().mapToDouble(Component::weight).toArray();
        for (int i = 0; i < decision.slots().size(); i++) {
            slot(decision, i, salt, drawn, weights, findings);
        }
        return new Replay(findings.agrees, List.copyOf(findings.steps));
    }

    /** With the scores done again from the weights that decided, for a decision that one policy made. */
    Replay scored(Decision decision, byte[] weights) {
        if (!decision.components().isEmpty()) {
            return this;
        }
        Scorer scorer = Scorers.of(Artifact.read(weights));
        Map<String, Action> offered = new HashMap<>();
        decision.actions().forEach(action -> offered.put(action.id(), new Action(action.id(), action.features())));
        Findings findings = new Findings();
        for (SlotDecision slot : decision.slots()) {
            if (slot.probabilities().stream().anyMatch(entry -> entry.score() == null)) {
                continue;
            }
            List<Action> actions = slot.probabilities().stream()
                    .map(entry -> offered.getOrDefault(entry.action(), Action.of(entry.action())))
                    .toList();
            double[] scores = scorer.score(slot.contextOf(decision.context()), actions);
            double largest = 0;
            for (int i = 0; i < scores.length; i++) {
                double logged = slot.probabilities().get(i).score();
                largest = Math.max(largest, Math.abs(scores[i] - logged) / Math.max(1, Math.abs(logged)));
            }
            String by = decision.checkpoint() == null
                    ? "version " + decision.modelVersion()
                    : "checkpoint " + decision.checkpoint();
            findings.add(
                    largest <= SCORE_TOLERANCE,
                    "slot " + slot.name() + ": " + by + " scores as logged, to within " + largest);
        }
        List<String> all = new ArrayList<>(steps);
        all.addAll(findings.steps);
        return new Replay(agrees && findings.agrees, List.copyOf(all));
    }

    private static final class Findings {
        private boolean agrees = true;
        private final List<String> steps = new ArrayList<>();

        private void add(boolean same, String step) {
            agrees &= same;
            steps.add(step + (same ? "" : " - NOT AS LOGGED"));
        }
    }

    private static int component(Decision decision, Optional<String> salt, Findings findings) {
        if (decision.components().isEmpty()) {
            return -1;
        }
        int logged = decision.drawnComponent();
        if (salt.isPresent()) {
            double[] weights = decision.components().stream()
                    .mapToDouble(Component::weight)
                    .toArray();
            double draw = Seeds.uniform(salt.get(), decision.eventId(), SlotDecision.MAIN, Seeds.COMPONENT);
            int again = Distribution.of(weights).sample(draw);
            findings.add(
                    again == logged,
                    "component " + again + " ("
                            + decision.components().get(again).role() + ") of the mixture " + Arrays.toString(weights)
                            + " by the draw " + draw);
        }
        Component drawn = decision.components().get(logged);
        findings.add(
                drawn.modelVersion() == decision.modelVersion(),
                "version " + drawn.modelVersion() + " is the drawn component's");
        return logged;
    }

    private static void slot(
            Decision decision, int slotIndex, Optional<String> salt, int drawn, double[] weights, Findings findings) {
        SlotDecision slot = decision.slots().get(slotIndex);
        String name = "slot " + slot.name() + ": ";
        double[] logged = probabilities(slot.probabilities());
        double sum = Arrays.stream(logged).sum();
        findings.add(Math.abs(sum - 1) <= TOLERANCE, name + "probabilities sum to " + sum);
        double draw = salt.map(known -> Seeds.uniform(known, decision.eventId(), slot.name(), Seeds.ACTION))
                .orElse(slot.draw());
        findings.add(draw == slot.draw(), name + "the draw is " + draw + (salt.isPresent() ? "" : " as logged"));
        double[] sampledFrom = logged;
        if (drawn >= 0) {
            sampledFrom = component(decision, slotIndex, drawn);
            mixture(decision, slotIndex, weights, logged, name, findings);
        }
        int again = Distribution.of(sampledFrom).sample(draw);
        ActionProbability chosen = slot.probabilities().get(again);
        findings.add(
                chosen.action().equals(slot.action())
                        && Math.abs(chosen.probability() - slot.probability()) <= TOLERANCE,
                name + "the draw falls on " + chosen.action() + ", whose probability is " + chosen.probability());
    }

    /** The mixture's probabilities from the components' own, weighted by what the slots before left of each. */
    private static void mixture(
            Decision decision, int slotIndex, double[] weights, double[] logged, String name, Findings findings) {
        double[] mixed = new double[logged.length];
        for (int c = 0; c < weights.length; c++) {
            double[] own = component(decision, slotIndex, c);
            for (int a = 0; a < mixed.length; a++) {
                mixed[a] += weights[c] * own[a];
            }
        }
        boolean same = true;
        for (int a = 0; a < mixed.length; a++) {
            same &= Math.abs(mixed[a] - logged[a]) <= TOLERANCE;
        }
        findings.add(same, name + "the logged probabilities are the mixture's");
        SlotDecision slot = decision.slots().get(slotIndex);
        int chosen = slot.probabilities().indexOf(slot.chosen());
        for (int c = 0; c < weights.length; c++) {
            weights[c] *= component(decision, slotIndex, c)[chosen] / mixed[chosen];
        }
    }

    private static double[] component(Decision decision, int slotIndex, int component) {
        return probabilities(
                decision.components().get(component).slots().get(slotIndex).probabilities());
    }

    private static double[] probabilities(List<ActionProbability> entries) {
        return entries.stream().mapToDouble(ActionProbability::probability).toArray();
    }
}
