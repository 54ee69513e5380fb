package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.DriftSeverity;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.DriftWindow;
import io.leeway.core.drift.CategoryChange;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.WatchEvent.Chosen;
import io.leeway.drift.WatchEvent.Decided;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Watches which actions are offered and which are chosen while one model version serves: windows are compared with its own first
 * window, so that what another model chooses is no drift. Beside it, how healthy the exploration of the window was. Not thread
 * safe; no window outside, so that it can be replayed.
 */
final class ActionWatch {
    private static final int MOST_ACTIONS = 500;
    private static final String OTHERS = "(all others)";

    private final int windowRows;
    private final Side offered = new Side("offered");
    private final Side chosen = new Side("chosen");
    private long decisions;
    private Instant from;

    /** The stream's time when the last window was full; null before. */
    private Instant turnedAt;

    private Health now = Health.NONE;
    private Health last = Health.NONE;

    /** Counts of the first window and of the one that fills, and what they said together. */
    private static final class Side {
        private final String word;
        private final Map<String, Long> before = new TreeMap<>();
        private final Map<String, Long> after = new TreeMap<>();
        private Standing standing = new Standing();

        private Side(String word) {
            this.word = word;
        }

        private void add(String action, boolean first) {
            Map<String, Long> counts = first ? before : after;
            boolean room = counts.size() < MOST_ACTIONS || counts.containsKey(action);
            counts.merge(room ? action : OTHERS, 1L, Long::sum);
        }
    }

    /**
     * Of importance weights 1 / (eligible actions x probability of the chosen one): those of a policy that chooses evenly.
     *
     * @param smallest probability of any action
     */
    private record Health(long decisions, double weights, double squares, double smallest) {
        static final Health NONE = new Health(0, 0, 0, 1);

        Health plus(Chosen one) {
            double weight = 1 / (one.eligible() * one.probability());
            return new Health(
                    decisions + 1, weights + weight, squares + weight * weight, Math.min(smallest, one.smallest()));
        }

        /** Decisions that an even choice would have needed to tell as much. */
        double effective() {
            return squares == 0 ? 0 : weights * weights / squares;
        }
    }

    ActionWatch(int windowRows) {
        this.windowRows = windowRows;
    }

    List<Drift> take(Decided decided, DriftSettings settings, Occasion occasion) {
        Chosen one = decided.chosen();
        if (one == null || one.offered().isEmpty()) {
            return List.of();
        }
        boolean first = decisions < windowRows;
        // One offered action of each decision, by turns: all of them would not be independent of each other.
        int turn = (int) Math.floorMod(
                decisions * 0x9E3779B97F4A7C15L >>> 20, (long) one.offered().size());
        offered.add(one.offered().get(turn), first);
        chosen.add(one.action(), first);
        from = decisions % windowRows == 0 || from == null ? decided.time() : from;
        now = now.plus(one);
        decisions++;
        if (decisions % windowRows != 0) {
            return List.of();
        }
        last = now;
        now = Health.NONE;
        double seconds = occasion.secondsSince(turnedAt);
        turnedAt = occasion.clock();
        return first
                ? List.of()
                : compare(decided.time(), Shares.level(settings, windowRows, seconds), settings, occasion);
    }

    private List<Drift> compare(Instant to, double level, DriftSettings settings, Occasion occasion) {
        List<Drift> found = new ArrayList<>();
        DriftWindow window = new DriftWindow(windowRows, from, to);
        boolean otherOffer = judge(offered, window, level, settings.minimumEffect(), occasion, found);
        if (!otherOffer) { // With other actions to choose from, others are chosen.
            judge(chosen, window, level, settings.minimumEffect(), occasion, found);
        }
        offered.after.clear();
        chosen.after.clear();
        return found;
    }

    private boolean judge(
            Side side, DriftWindow window, double level, double minimumEffect, Occasion occasion, List<Drift> found) {
        CategoryChange change = CategoryChange.of(side.before, side.after);
        double effect = change.totalVariation();
        boolean drifted = change.pValue() <= level && effect >= minimumEffect;
        String words = change.words("actions " + side.word);
        Optional<Drift> told = drifted
                ? side.standing.found(
                        (state, id, since) -> new Drift(
                                id,
                                occasion.loop(),
                                occasion.now(),
                                state,
                                DriftKind.ACTIONS,
                                occasion.modelVersion(),
                                "chi-square",
                                change.statistic(),
                                change.pValue(),
                                effect,
                                since == null ? window.from() : since,
                                occasion.events(),
                                words,
                                state == DriftState.SUSPECTED ? DriftSeverity.LOW : DriftSeverity.MEDIUM,
                                window,
                                "the first " + windowRows + " decisions of model version " + occasion.modelVersion(),
                                null,
                                List.of(),
                                Map.of("measure", "actions_" + side.word, "level", level)),
                        occasion)
                : side.standing.end(words, occasion);
        told.ifPresent(found::add);
        return drifted;
    }

    List<Drift> end(String why, Occasion occasion) {
        List<Drift> ended = new ArrayList<>();
        offered.standing.end(why, occasion).ifPresent(ended::add);
        chosen.standing.end(why, occasion).ifPresent(ended::add);
        return ended;
    }

    List<Drift> active() {
        List<Drift> active = new ArrayList<>();
        offered.standing.active().ifPresent(active::add);
        chosen.standing.active().ifPresent(active::add);
        return active;
    }

    boolean suspected() {
        return offered.standing.suspected() || chosen.standing.suspected();
    }

    /** Of the last whole window, or of the first while it fills. */
    Map<String, Object> figures() {
        Health health = last == Health.NONE ? now : last;
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("decisions", health.decisions);
        figures.put("effectiveSampleSize", health.effective());
        figures.put("effectiveShare", health.decisions == 0 ? 0 : health.effective() / health.decisions);
        figures.put("smallestProbability", health.smallest);
        return figures;
    }

    /** Counts of the first window by action. */
    Map<String, Long> firstChosen() {
        return Map.copyOf(chosen.before);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("windowRows", windowRows);
        json.put("decisions", decisions);
        if (from != null) {
            json.put("from", from.toString());
        }
        if (turnedAt != null) {
            json.put("turnedAt", turnedAt.toString());
        }
        for (Side side : List.of(offered, chosen)) {
            Map<String, Object> one = side.standing.toJson();
            one.put("before", Map.copyOf(side.before));
            one.put("after", Map.copyOf(side.after));
            json.put(side.word.toLowerCase(Locale.ROOT), one);
        }
        json.put("now", toJson(now));
        json.put("last", toJson(last));
        return json;
    }

    private static List<Object> toJson(Health health) {
        return List.of(health.decisions, health.weights, health.squares, health.smallest);
    }

    private static Health health(double[] json) {
        return json[0] == 0 ? Health.NONE : new Health((long) json[0], json[1], json[2], json[3]);
    }

    static ActionWatch fromJson(JsonObject json) {
        ActionWatch restored = new ActionWatch((int) json.integer("windowRows"));
        restored.decisions = json.integer("decisions");
        restored.from = json.has("from") ? Instant.parse(json.text("from")) : null;
        restored.turnedAt = json.has("turnedAt") ? Instant.parse(json.text("turnedAt")) : null;
        for (Side side : List.of(restored.offered, restored.chosen)) {
            JsonObject one = json.object(side.word);
            side.standing = Standing.fromJson(one);
            side.before.putAll(one.map("before", JsonObject::integer));
            side.after.putAll(one.map("after", JsonObject::integer));
        }
        restored.now = health(json.numbers("now"));
        restored.last = health(json.numbers("last"));
        return restored;
    }
}
