package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardRange;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.Rewarded;
import java.time.Duration;
import java.time.Instant;
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
    /** How far clocks may be apart. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final long version;
    private final String sha256;
    private final Means means;
    private final List<MeasureWatch> measures;
    private final InputWatch inputs;
    private final ActionWatch actions;
    private final SegmentWatch segments;
    private Arrivals arrivals;
    private Recent recent = new Recent();
    private long decisions;
    private long otherVersions;

    VersionWatch(long version, String sha256, LoopSettings settings) {
        this(
                version,
                sha256,
                new Means(),
                measures(version, settings),
                new InputWatch(settings.drift()),
                new ActionWatch(settings.drift().windowRows()),
                segments(version, settings));
        this.arrivals = new Arrivals(settings.reward().rewardWait());
    }

    private VersionWatch(
            long version,
            String sha256,
            Means means,
            List<MeasureWatch> measures,
            InputWatch inputs,
            ActionWatch actions,
            SegmentWatch segments) {
        this.version = version;
        this.sha256 = sha256;
        this.means = means;
        this.measures = measures;
        this.inputs = inputs;
        this.actions = actions;
        this.segments = segments;
    }

    private static List<MeasureWatch> measures(long version, LoopSettings settings) {
        List<Measure> measures = Measure.of(settings.kind(), version);
        Shares shares = new Shares(settings, measures);
        return measures.stream()
                .map(measure -> new MeasureWatch(measure, detector(measure, settings, shares)))
                .toList();
    }

    private static LevelDetector detector(Measure measure, LoopSettings settings, Shares shares) {
        Double delta = settings.drift().sequentialDelta();
        boolean byBudget = delta == null || measure.kind() != DriftKind.QUALITY && measure != Measure.REWARD;
        if (byBudget) {
            return new BudgetedDetector(shares.budget(measure), measure.withSpread());
        }
        RewardRange range = settings.reward().range();
        return new ScaledAdwin(delta, range == null ? Double.POSITIVE_INFINITY : range.max() - range.min());
    }

    private static SegmentWatch segments(long version, LoopSettings settings) {
        String path = settings.drift().segment();
        if (path == null) {
            return null;
        }
        Shares shares = new Shares(settings, Measure.of(settings.kind(), version));
        return new SegmentWatch(
                path, Measure.ofSegments(settings.kind(), version), shares.budgetOfSegment(SegmentWatch.MOST));
    }

    /** True if the same state serves under the changed settings. */
    static boolean unchanged(LoopSettings before, LoopSettings after) {
        return before.kind() == after.kind()
                && Objects.equals(before.reward().range(), after.reward().range())
                && before.reward().rewardWait().equals(after.reward().rewardWait())
                && Objects.equals(
                        before.drift().sequentialDelta(), after.drift().sequentialDelta())
                && before.drift().falseAlarmFeedbacks().equals(after.drift().falseAlarmFeedbacks())
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
        List<Drift> found = new ArrayList<>();
        measures.forEach(measure -> found.addAll(measure.take(rewarded, means, occasion)));
        if (rewarded.matched() != null && isPast(rewarded.time(), occasion)) {
            found.addAll(rate(arrivals.told(rewarded.time(), rewarded.matched()), occasion));
        }
        if (segments != null) {
            found.addAll(segments.take(rewarded, means, occasion));
        }
        return found;
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
        measures.forEach(measure -> found.addAll(measure.take(decided, occasion)));
        if (isPast(decided.time(), occasion)) {
            found.addAll(rate(arrivals.decided(decided.time()), occasion));
        }
        return new Taken(found, inputs.take(decided, window));
    }

    /** A record from the year 2100 does not move time. */
    private static boolean isPast(Instant time, Occasion occasion) {
        return !time.isAfter(occasion.now().plus(AHEAD));
    }

    private List<Drift> rate(List<Arrivals.Closed> closed, Occasion occasion) {
        List<Drift> found = new ArrayList<>();
        for (Arrivals.Closed one : closed) {
            measures.stream()
                    .filter(measure -> measure.measure() == Measure.RATE)
                    .forEach(measure -> found.addAll(measure.take(one.share(), one.score(), one.from(), occasion)));
        }
        return found;
    }

    List<Drift> check(InputWindow window, DriftSettings settings, Occasion occasion) {
        return inputs.check(window, sha256, actionsSeen(), settings, occasion);
    }

    List<Drift> end(String why, Occasion occasion) {
        List<Drift> ended = new ArrayList<>();
        allMeasures().forEach(measure -> measure.end(why, occasion).ifPresent(ended::add));
        ended.addAll(actions.end(why, occasion));
        ended.addAll(inputs.end(why, occasion));
        return ended;
    }

    private Stream<MeasureWatch> allMeasures() {
        return Stream.concat(measures.stream(), segments == null ? Stream.empty() : segments.watches().stream());
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
        return allMeasures().toList();
    }

    /** Drift that is detected and lasts, newest first. */
    List<Drift> active() {
        List<Drift> active = new ArrayList<>();
        allMeasures().forEach(measure -> measure.active().ifPresent(active::add));
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
        return inputs.suspected(kind)
                || kind == DriftKind.ACTIONS && actions.suspected()
                || allMeasures().anyMatch(one -> one.measure().kind() == kind && one.suspected());
    }

    /** What retraining may help against, quality first. */
    List<Trouble> troubles(DriftSettings settings) {
        List<Trouble> troubles = new ArrayList<>();
        if (version == 0) {
            return troubles;
        }
        measures.forEach(measure -> measure.trouble().ifPresent(troubles::add));
        if (segments != null) {
            segments.watches().forEach(measure -> measure.trouble().ifPresent(troubles::add));
        }
        Stream.concat(inputs.active().stream(), actions.active().stream())
                .forEach(drift -> troubles.add(new Trouble(drift, null, Long.MAX_VALUE)));
        troubles.removeIf(trouble -> !settings.retrainsOn(trouble.drift().kind()));
        return troubles;
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        means.putInto(figures);
        recent.putInto(figures, measures.stream().anyMatch(one -> one.measure() == Measure.ABSOLUTE_ERROR));
        allMeasures().forEach(one -> {
            String name = one.measure().name().toLowerCase(Locale.ROOT);
            figures.put(one.segment() == null ? name : name + " of " + one.segment(), one.figures());
        });
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
        json.put("measures", measures.stream().map(MeasureWatch::toJson).toList());
        json.put("inputs", inputs.toJson());
        json.put("actions", actions.toJson());
        if (segments != null) {
            json.put("segments", segments.toJson());
        }
        json.put("recent", recent.toJson());
        json.put("arrivals", arrivals.toJson());
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
                json.objects("measures").stream().map(MeasureWatch::fromJson).toList(),
                inputs,
                json.has("actions")
                        ? ActionWatch.fromJson(json.object("actions"))
                        : new ActionWatch(inputs.windowRows()),
                json.has("segments") ? SegmentWatch.fromJson(json.object("segments")) : null);
        restored.recent = json.has("recent") ? Recent.fromJson(json.object("recent")) : new Recent();
        // A snapshot from before the rate was watched has no detector of it either.
        restored.arrivals =
                json.has("arrivals") ? Arrivals.fromJson(json.object("arrivals")) : new Arrivals(Arrivals.SHORTEST);
        restored.decisions = json.integer("decisions");
        restored.otherVersions = json.integer("otherVersions");
        return restored;
    }
}
