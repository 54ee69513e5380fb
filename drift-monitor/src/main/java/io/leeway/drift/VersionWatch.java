package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.LoopSettings;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.Rewarded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Watches a loop while one model version serves it; another version begins anew. Not thread safe. */
final class VersionWatch {
    private final long version;
    private final String sha256;
    private final Means means;
    private final MeasureWatches measures;
    private final InputWatch inputs;
    private final ActionWatch actions;
    private Recent recent = new Recent();
    private PolicyValue value = new PolicyValue();
    private long decisions;
    private long otherVersions;

    VersionWatch(long version, String sha256, LoopSettings settings) {
        this(
                version,
                sha256,
                new Means(),
                MeasureWatches.of(version, settings),
                new InputWatch(settings.drift()),
                new ActionWatch(settings.drift().windowRows()));
    }

    private VersionWatch(
            long version, String sha256, Means means, MeasureWatches measures, InputWatch inputs, ActionWatch actions) {
        this.version = version;
        this.sha256 = sha256;
        this.means = means;
        this.measures = measures;
        this.inputs = inputs;
        this.actions = actions;
    }

    /** True if the same state serves under the changed settings. */
    static boolean unchanged(LoopSettings before, LoopSettings after) {
        return before.kind() == after.kind()
                && Objects.equals(before.reward().range(), after.reward().range())
                && before.reward().rewardWait().equals(after.reward().rewardWait())
                && Objects.equals(
                        before.drift().sequentialDelta(), after.drift().sequentialDelta())
                && before.drift().falseAlarmFeedbacks().equals(after.drift().falseAlarmFeedbacks())
                && Objects.equals(
                        before.drift().falseAlarmPeriod(), after.drift().falseAlarmPeriod())
                && before.drift().windowRows().equals(after.drift().windowRows())
                && before.drift().reference().equals(after.drift().reference())
                && Objects.equals(before.drift().segment(), after.drift().segment())
                && before.drift().watch().equals(after.drift().watch());
    }

    long version() {
        return version;
    }

    String sha256() {
        return sha256;
    }

    List<Drift> take(Rewarded rewarded, Occasion occasion) {
        if (rewarded.modelVersion() != version) {
            otherVersions++;
            return List.of();
        }
        means.add(rewarded);
        if (rewarded.predicted() != null) {
            recent.rewarded(rewarded.predicted(), rewarded.reward());
        }
        value.add(rewarded);
        return measures.take(rewarded, means, occasion);
    }

    /**
     * What a decision led to.
     *
     * @param checkDue whether the inputs are to be checked
     */
    record Taken(List<Drift> found, boolean checkDue) {}

    Taken take(Decided decided, InputWindow window, DriftSettings settings, Occasion occasion) {
        if (decided.modelVersion() != version) {
            otherVersions++;
            return new Taken(List.of(), false);
        }
        decisions++;
        if (decided.predicted() != null) {
            recent.decided(decided.predicted());
        }
        List<Drift> found = new ArrayList<>(actions.take(decided, settings, occasion));
        found.addAll(measures.take(decided, occasion));
        return new Taken(found, inputs.take(decided, window, occasion));
    }

    List<Drift> check(InputWindow window, DriftSettings settings, Occasion occasion) {
        return inputs.check(window, sha256, actionsSeen(), settings, occasion);
    }

    List<Drift> end(String why, Occasion occasion) {
        List<Drift> ended = new ArrayList<>();
        ended.addAll(measures.end(why, occasion));
        ended.addAll(actions.end(why, occasion));
        ended.addAll(inputs.end(why, occasion));
        return ended;
    }

    long feedbacks() {
        return means.feedbacks();
    }

    long decisions() {
        return decisions;
    }

    int filled() {
        return inputs.filled();
    }

    InputWatch inputs() {
        return inputs;
    }

    Recent recent() {
        return recent;
    }

    /** Ids of actions that were chosen, in the first window. */
    Set<String> actionsSeen() {
        return actions.firstChosen().keySet();
    }

    /** Those of all decisions first, then those of segments. */
    List<MeasureWatch> measures() {
        return measures.all().toList();
    }

    boolean watches(Measure measure) {
        return measures.has(measure);
    }

    /** Drift that is detected and lasts, newest first. */
    List<Drift> active() {
        List<Drift> active = new ArrayList<>();
        measures.all().forEach(measure -> measure.active().ifPresent(active::add));
        active.addAll(inputs.active());
        active.addAll(actions.active());
        active.sort(Comparator.comparing(Drift::time).reversed());
        return active;
    }

    /** The state of each kind: 2 detected, 1 suspected, 0 neither. */
    Map<String, Integer> states() {
        Map<String, Integer> states = new LinkedHashMap<>();
        for (DriftKind kind : DriftKind.values()) {
            boolean detected = active().stream().anyMatch(drift -> drift.kind() == kind);
            states.put(kind.name().toLowerCase(Locale.ROOT), detected ? 2 : suspected(kind) ? 1 : 0);
        }
        return states;
    }

    private boolean suspected(DriftKind kind) {
        return inputs.suspected(kind) || kind == DriftKind.ACTIONS && actions.suspected() || measures.suspected(kind);
    }

    /** What retraining may help against, quality first. */
    List<Trouble> troubles(DriftSettings settings) {
        List<Trouble> troubles = new ArrayList<>();
        if (version == 0) {
            return troubles;
        }
        measures.all().forEach(measure -> measure.trouble().ifPresent(troubles::add));
        Stream.concat(inputs.active().stream(), actions.active().stream())
                .forEach(drift -> troubles.add(new Trouble(drift, null, Long.MAX_VALUE)));
        troubles.removeIf(trouble -> !settings.retrainsOn(trouble.drift().kind()));
        return troubles;
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        means.putInto(figures);
        recent.putInto(figures, measures.has(Measure.ABSOLUTE_ERROR));
        if (measures.has(Measure.GREEDY_VALUE)) {
            figures.put("policy value", value.figures());
        }
        measures.putInto(figures);
        figures.put("inputs", inputs.figures());
        figures.put("exploration health", actions.figures());
        figures.put("states", states());
        figures.put("ofOtherVersions", otherVersions);
        return figures;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", version);
        json.put("sha256", sha256);
        json.put("means", means.toJson());
        measures.save(json);
        json.put("inputs", inputs.toJson());
        json.put("actions", actions.toJson());
        json.put("recent", recent.toJson());
        json.put("value", value.toJson());
        json.put("decisions", decisions);
        json.put("otherVersions", otherVersions);
        return json;
    }

    static VersionWatch fromJson(JsonObject json) {
        InputWatch inputs = InputWatch.fromJson(json.object("inputs"));
        VersionWatch restored = new VersionWatch(
                json.integer("version"),
                json.text("sha256"),
                Means.fromJson(json.object("means")),
                MeasureWatches.restore(json),
                inputs,
                json.has("actions")
                        ? ActionWatch.fromJson(json.object("actions"))
                        : new ActionWatch(inputs.windowRows()));
        restored.recent = json.has("recent") ? Recent.fromJson(json.object("recent")) : new Recent();
        restored.value = json.has("value") ? PolicyValue.fromJson(json.object("value")) : new PolicyValue();
        restored.decisions = json.integer("decisions");
        restored.otherVersions = json.integer("otherVersions");
        return restored;
    }
}
