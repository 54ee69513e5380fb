package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardRange;
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
import java.util.Optional;

/** Watches a loop while one model version serves it; another version begins anew. Not thread safe. */
final class VersionWatch {
    private final long version;
    private final String sha256;
    private final Means means;
    private final List<MeasureWatch> measures;
    private final InputWatch inputs;
    private long decisions;
    private long otherVersions;

    VersionWatch(long version, String sha256, LoopSettings settings) {
        this(version, sha256, new Means(), measures(version, settings), inputs(settings.drift()));
    }

    private VersionWatch(long version, String sha256, Means means, List<MeasureWatch> measures, InputWatch inputs) {
        this.version = version;
        this.sha256 = sha256;
        this.means = means;
        this.measures = measures;
        this.inputs = inputs;
    }

    private static List<MeasureWatch> measures(long version, LoopSettings settings) {
        List<Measure> measures = Measure.of(settings.kind(), version);
        return measures.stream()
                .map(measure -> new MeasureWatch(measure, detector(settings, measures.size())))
                .toList();
    }

    /** The loop's budget is shared by its measures: alone, each may alarm falsely only that much more rarely. */
    private static LevelDetector detector(LoopSettings settings, int measures) {
        Double delta = settings.drift().sequentialDelta();
        if (delta == null) {
            return new BudgetedDetector((double) settings.drift().falseAlarmFeedbacks() * measures);
        }
        RewardRange range = settings.reward().range();
        return new ScaledAdwin(delta, range == null ? Double.POSITIVE_INFINITY : range.max() - range.min());
    }

    private static InputWatch inputs(DriftSettings settings) {
        return new InputWatch(settings.windowRows());
    }

    /** True if the same state serves under the changed settings. */
    static boolean unchanged(LoopSettings before, LoopSettings after) {
        return before.kind() == after.kind()
                && Objects.equals(before.reward().range(), after.reward().range())
                && Objects.equals(
                        before.drift().sequentialDelta(), after.drift().sequentialDelta())
                && before.drift().falseAlarmFeedbacks().equals(after.drift().falseAlarmFeedbacks())
                && before.drift().windowRows().equals(after.drift().windowRows())
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
        List<Drift> found = new ArrayList<>();
        measures.forEach(measure -> found.addAll(measure.take(rewarded, occasion)));
        return found;
    }

    /** True if a check of the inputs is due. */
    boolean take(Decided decided, InputWindow window) {
        if (decided.modelVersion() != version) {
            otherVersions++;
            return false;
        }
        decisions++;
        return version > 0 && inputs.take(decided, window); // Without a model there is nothing to compare with.
    }

    Optional<Drift> check(InputWindow window, DriftSettings settings, Occasion occasion) {
        return inputs.check(window.reference(version, sha256), window, settings, occasion);
    }

    List<Drift> end(String why, Occasion occasion) {
        List<Drift> ended = new ArrayList<>();
        measures.forEach(measure -> measure.end(why, occasion).ifPresent(ended::add));
        inputs.end(why, occasion).ifPresent(ended::add);
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

    /** Drift that is detected and lasts, newest first. */
    List<Drift> active() {
        List<Drift> active = new ArrayList<>();
        measures.forEach(measure -> measure.active().ifPresent(active::add));
        inputs.active().ifPresent(active::add);
        active.sort(Comparator.comparing(Drift::time).reversed());
        return active;
    }

    /** What retraining may help against, quality first. */
    List<Trouble> troubles(DriftSettings settings) {
        List<Trouble> troubles = new ArrayList<>();
        if (settings.retrain() && version > 0) {
            measures.forEach(measure -> measure.trouble().ifPresent(troubles::add));
        }
        if (settings.retrainOnInputs()) {
            inputs.active().ifPresent(drift -> troubles.add(new Trouble(drift, null, Long.MAX_VALUE)));
        }
        return troubles;
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        means.putInto(figures);
        measures.forEach(measure -> figures.put(measure.measure().name().toLowerCase(Locale.ROOT), measure.figures()));
        figures.put("inputs", inputs.figures());
        figures.put("ofOtherVersions", otherVersions);
        return figures;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", version);
        json.put("sha256", sha256);
        json.put("means", means.toJson());
        json.put("measures", measures.stream().map(MeasureWatch::toJson).toList());
        json.put("inputs", inputs.toJson());
        json.put("decisions", decisions);
        json.put("otherVersions", otherVersions);
        return json;
    }

    static VersionWatch fromJson(JsonObject json) {
        VersionWatch restored = new VersionWatch(
                json.integer("version"),
                json.text("sha256"),
                Means.fromJson(json.object("means")),
                json.objects("measures").stream().map(MeasureWatch::fromJson).toList(),
                InputWatch.fromJson(json.object("inputs")));
        restored.decisions = json.integer("decisions");
        restored.otherVersions = json.integer("otherVersions");
        return restored;
    }
}
