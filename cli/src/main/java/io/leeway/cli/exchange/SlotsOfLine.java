package io.leeway.cli.exchange;

import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.rest.HistoryLine;
import io.leeway.contracts.rest.HistoryLine.HistoryReward;
import io.leeway.contracts.rest.HistoryLine.HistorySlot;
import io.leeway.core.logs.LogFormatException;
import io.leeway.core.logs.LoggedSlot;
import io.leeway.core.logs.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The choices of a line of history, as a log numbers them. What another system ranked keeps its ranking; of our own decisions the
 * chosen action comes first, and then the most probable.
 */
final class SlotsOfLine {
    private static final String IMPORTED = "imported";

    private final HistoryLine line;
    private final List<HistorySlot> slots;
    private final List<Action> actions;

    SlotsOfLine(HistoryLine line) {
        this.line = line;
        this.slots = line.slots() == null || line.slots().isEmpty()
                ? List.of(new HistorySlot(
                        SlotDecision.MAIN, null, line.action(), line.probability(), line.probabilities()))
                : line.slots();
        this.actions = line.actions() == null || line.actions().isEmpty()
                ? slots.stream()
                        .flatMap(slot -> Stream.concat(
                                known(slot).stream().map(ActionProbability::action), Stream.of(slot.action())))
                        .distinct()
                        .map(Action::of)
                        .toList()
                : line.actions();
    }

    List<Action> actions() {
        return actions;
    }

    List<LoggedSlot> logged() {
        List<LoggedSlot> logged = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            logged.add(logged(slots.get(i), i == 0));
        }
        return logged;
    }

    private LoggedSlot logged(HistorySlot slot, boolean first) {
        List<ActionProbability> ranked = ranked(slot);
        boolean complete = complete(ranked);
        List<Integer> ranking = new ArrayList<>();
        ranked.forEach(entry -> ranking.add(index(entry.action())));
        if (!complete && slots.size() == 1) {
            for (int i = 0; i < actions.size(); i++) {
                if (!ranking.contains(i) && !excluded(actions.get(i).id())) {
                    ranking.add(i);
                }
            }
        }
        double reward = reward(slot, first);
        return new LoggedSlot(
                slot.name(),
                slot.features() == null ? Map.of() : slot.features(),
                ranking,
                slot.probability() == null ? ranked.get(0).probability() : slot.probability(),
                complete ? ranked.stream().map(ActionProbability::probability).toList() : List.of(),
                reward,
                reward,
                outcomes(slot, first));
    }

    /** A foreign log may know the probability of the chosen action alone. */
    private boolean complete(List<ActionProbability> ranked) {
        return ranked.size() > 1
                || actions.size() == 1
                || !foreign() && ranked.get(0).probability() == 1;
    }

    private boolean foreign() {
        return line.policy() == null || line.policy().equals(IMPORTED);
    }

    private List<ActionProbability> ranked(HistorySlot slot) {
        List<ActionProbability> ranked = new ArrayList<>(known(slot));
        if (ranked.isEmpty()) {
            return List.of(new ActionProbability(slot.action(), slot.probability(), null));
        }
        if (!foreign()) {
            ranked.sort(
                    Comparator.comparingDouble(ActionProbability::probability).reversed());
        }
        ranked.sort(Comparator.comparing(entry -> !entry.action().equals(slot.action())));
        return ranked;
    }

    private static List<ActionProbability> known(HistorySlot slot) {
        return slot.probabilities() == null ? List.of() : slot.probabilities();
    }

    private int index(String id) {
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new LogFormatException("must be among the actions: action=" + id);
    }

    private boolean excluded(String id) {
        return line.excluded() != null && line.excluded().contains(id);
    }

    private double reward(HistorySlot slot, boolean first) {
        Double own = line.slotRewards() == null ? null : line.slotRewards().get(slot.name());
        if (own == null && !(first && line.reward() != null)) {
            throw new LogFormatException("must be given: slotRewards." + slot.name());
        }
        return own == null ? line.reward() : own;
    }

    private List<Outcome> outcomes(HistorySlot slot, boolean first) {
        List<Outcome> outcomes = new ArrayList<>();
        if (first && Boolean.TRUE.equals(line.deferred())) {
            outcomes.add(Outcome.activation());
        }
        if (line.rewards() == null) {
            outcomes.add(Outcome.reward(reward(slot, first)));
            return outcomes;
        }
        for (HistoryReward reward : line.rewards()) {
            boolean here = reward.slot() == null ? first : reward.slot().equals(slot.name());
            if (here) {
                outcomes.add(Outcome.reward(reward.value()));
            }
        }
        return outcomes;
    }
}
