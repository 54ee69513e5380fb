package io.leeway.cli.inspect;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Component;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.leeway.contracts.Reward;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.rest.Event;
import io.leeway.contracts.rest.ModelVersion;
import java.io.PrintStream;
import java.util.Locale;

/** One event in words. */
final class EventText {
    private final PrintStream out;

    EventText(PrintStream out) {
        this.out = out;
    }

    void print(Event event, ModelVersion model, Replay replay) {
        line("Event", "%s of loop %s", event.eventId(), event.loop());
        if (event.decision() == null) {
            line("Decision", "none is known");
        } else {
            decision(event.decision(), model);
        }
        if (replay != null) {
            line("Replayed", "%s", replay.agrees() ? "the same from the log alone" : "NOT as logged");
            replay.steps().forEach(step -> out.println("    " + step));
        }
        event.activations().forEach(activation -> line("Activation", "%s", activation.time()));
        if (event.rewards().isEmpty()) {
            line("Rewards", "none yet");
        }
        event.rewards().forEach(this::reward);
        if (event.feedback().isEmpty()) {
            line("Feedback", "none yet: the reward wait is not over, or the decision was never activated");
        }
        event.feedback().forEach(this::feedback);
    }

    private void decision(Decision decision, ModelVersion model) {
        line("Decided", "%s, settings revision %d", decision.time(), decision.loopRevision());
        line("Context", "%s", Json.text(decision.context()));
        line(
                "Model",
                decision.modelVersion() == 0 ? "none" : "version %d%s%s",
                decision.modelVersion(),
                decision.checkpoint() == null ? "" : ", checkpoint " + decision.checkpoint(),
                model == null
                        ? ""
                        : " (" + model.learner() + ", " + model.createdAt() + ", job " + model.jobId() + ")");
        line("Policy", "%s%s", decision.policy(), decision.deferred() ? ", deferred until activated" : "");
        if (decision.prediction() != null) {
            line("Prediction", "%s", decision.prediction());
        }
        if (!decision.excluded().isEmpty()) {
            line("Excluded", "%s", String.join(", ", decision.excluded()));
        }
        decision.slots().forEach(this::slot);
        decision.components().forEach(component -> mixed("Component", component));
        decision.shadows().forEach(component -> mixed("Shadow", component));
    }

    private void mixed(String word, Component component) {
        line(
                word,
                "%s version %d, %s, weight %s%s",
                component.role(),
                component.modelVersion(),
                component.policy(),
                component.weight(),
                component.prediction() == null ? "" : ", prediction " + component.prediction());
    }

    private void slot(SlotDecision slot) {
        line(
                "Slot " + slot.name(),
                "%s with probability %.6f (draw %.6f)",
                slot.action(),
                slot.probability(),
                slot.draw());
        if (slot.baseline() != null) {
            out.println("    baseline " + slot.baseline());
        }
        for (ActionProbability entry : slot.probabilities()) {
            out.printf(
                    Locale.ROOT,
                    "  %s %-28s probability %.6f%s%n",
                    entry.action().equals(slot.action()) ? "*" : " ",
                    entry.action(),
                    entry.probability(),
                    entry.score() == null ? "" : String.format(Locale.ROOT, "  score %+.4f", entry.score()));
        }
    }

    private void reward(Reward reward) {
        line(
                "Reward",
                "%s at %s%s%s",
                reward.value(),
                reward.time(),
                reward.rewardId() == null ? "" : ", id " + reward.rewardId(),
                reward.slot().equals(SlotDecision.MAIN) ? "" : ", slot " + reward.slot());
    }

    private void feedback(Feedback feedback) {
        line(
                "Feedback",
                "revision %d: %s, reward %s, closed %s%s",
                feedback.revision(),
                feedback.status().name().toLowerCase(Locale.ROOT),
                feedback.reward(),
                feedback.closedAt(),
                feedback.imported() ? ", imported" : "");
    }

    private void line(String name, String format, Object... values) {
        out.printf(Locale.ROOT, "%-11s " + format + "%n", prepend(name, values));
    }

    private static Object[] prepend(String name, Object[] values) {
        Object[] all = new Object[values.length + 1];
        all[0] = name;
        System.arraycopy(values, 0, all, 1, values.length);
        return all;
    }
}
