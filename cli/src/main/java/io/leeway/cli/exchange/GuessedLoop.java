package io.leeway.cli.exchange;

import io.leeway.contracts.Action;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.rest.HistoryLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The settings that a loop with this history would have had. Not thread safe. */
final class GuessedLoop implements Sink {
    /** More are no actions of the loop, but come with each request. */
    private static final int MOST_ACTIONS = 100;

    private final Map<String, Action> actions = new LinkedHashMap<>();
    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private boolean choices;
    private boolean episodes;
    private boolean alike = true;

    @Override
    public void take(long number, HistoryLine line) {
        choices |=
                line.action() != null || line.slots() != null && !line.slots().isEmpty();
        episodes |= line.episode() != null;
        if (line.slotRewards() != null) {
            line.slotRewards().values().forEach(this::reward);
        }
        reward(line.reward());
        List<Action> offered = line.actions() != null && !line.actions().isEmpty()
                ? line.actions()
                : line.probabilities() == null
                        ? List.of()
                        : line.probabilities().stream()
                                .map(entry -> Action.of(entry.action()))
                                .toList();
        for (Action action : offered) {
            Action before = actions.size() > MOST_ACTIONS ? action : actions.putIfAbsent(action.id(), action);
            alike &= before == null || before.features().equals(action.features());
        }
    }

    private void reward(Double value) {
        if (value != null && Double.isFinite(value)) {
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }
    }

    @Override
    public void refuse(long number, String reason) {
        // It says nothing of the loop.
    }

    @Override
    public void notActivated(long number) {
        // It is not in the history.
    }

    boolean empty() {
        return smallest > largest;
    }

    LoopSettings settings(String description) {
        LoopKind kind = episodes ? LoopKind.MDP : choices ? LoopKind.BANDIT : LoopKind.REGRESSION;
        boolean few = choices && actions.size() <= MOST_ACTIONS && alike;
        return LoopSettings.builder(kind)
                .description(description)
                .actions(few ? List.copyOf(actions.values()) : null)
                .reward(new RewardSettings(
                        null, null, null, null, null, null, kind == LoopKind.REGRESSION ? null : range()))
                .build();
    }

    /** 0 to 1 where that holds all rewards; otherwise what was seen, with 0 as the default reward in it. */
    private RewardRange range() {
        double min = Math.min(0, smallest);
        double max = Math.max(0, largest);
        return min >= 0 && max <= 1 ? RewardRange.UNIT : new RewardRange(min, max, null);
    }

    /** What was guessed, for people. */
    static String words(LoopSettings settings) {
        RewardRange range = settings.reward().range();
        return settings.kind().name().toLowerCase(Locale.ROOT)
                + (settings.kind() == LoopKind.REGRESSION
                        ? ""
                        : settings.actions().isEmpty()
                                ? ", actions come with each request"
                                : ", " + settings.actions().size() + " actions")
                + (range == null ? "" : ", rewards in [" + range.min() + ", " + range.max() + "]");
    }
}
