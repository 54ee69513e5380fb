package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardRange;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.Rewarded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Everything about one model version that is watched as a stream of numbers, item by item. Not thread safe. */
final class MeasureWatches {
    private final List<MeasureWatch> measures;
    private final SegmentWatch segments;
    private Arrivals arrivals;
    private ExplorationWindow exploration = new ExplorationWindow();

    private MeasureWatches(List<MeasureWatch> measures, SegmentWatch segments, Arrivals arrivals) {
        this.measures = measures;
        this.segments = segments;
        this.arrivals = arrivals;
    }

    static MeasureWatches of(long version, LoopSettings settings) {
        List<Measure> measures = Measure.of(settings.kind(), version);
        Shares shares = new Shares(settings, measures);
        String path = settings.drift().segment();
        return new MeasureWatches(
                measures.stream()
                        .map(measure -> new MeasureWatch(measure, detector(measure, settings, shares)))
                        .toList(),
                path == null
                        ? null
                        : new SegmentWatch(
                                path,
                                Measure.ofSegments(settings.kind(), version),
                                shares.budgetOfSegment(SegmentWatch.MOST)),
                new Arrivals(settings.reward().rewardWait()));
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

    /** @param means of all feedback so far, this one included */
    List<Drift> take(Rewarded rewarded, Means means, Occasion occasion) {
        List<Drift> found = new ArrayList<>();
        measures.forEach(measure -> found.addAll(measure.take(rewarded, means, occasion)));
        if (rewarded.matched() != null && occasion.isPast(rewarded.time())) {
            rate(
                    arrivals.told(rewarded.time(), rewarded.matched(), rewarded.source(), occasion.now()),
                    occasion,
                    found);
        }
        if (segments != null) {
            found.addAll(segments.take(rewarded, means, occasion));
        }
        return found;
    }

    List<Drift> take(Decided decided, Occasion occasion) {
        List<Drift> found = new ArrayList<>();
        measures.forEach(measure -> found.addAll(measure.take(decided, occasion)));
        exploration
                .add(decided.chosen())
                .ifPresent(figures -> measures.forEach(measure -> measure.measure()
                        .value(figures)
                        .ifPresent(value -> found.addAll(measure.take(value, value, decided.time(), occasion)))));
        if (occasion.isPast(decided.time())) {
            rate(arrivals.decided(decided.time(), decided.source(), occasion.now()), occasion, found);
        }
        return found;
    }

    private void rate(List<Arrivals.Closed> closed, Occasion occasion, List<Drift> found) {
        for (Arrivals.Closed one : closed) {
            measures.stream()
                    .filter(measure -> measure.measure() == Measure.RATE)
                    .forEach(measure -> found.addAll(measure.take(one.share(), one.score(), one.from(), occasion)));
        }
    }

    List<Drift> end(String why, Occasion occasion) {
        List<Drift> ended = new ArrayList<>();
        all().forEach(measure -> measure.end(why, occasion).ifPresent(ended::add));
        return ended;
    }

    /** Those of all decisions first, then those of segments. */
    Stream<MeasureWatch> all() {
        return Stream.concat(measures.stream(), segments == null ? Stream.empty() : segments.watches().stream());
    }

    boolean has(Measure measure) {
        return measures.stream().anyMatch(one -> one.measure() == measure);
    }

    boolean suspected(DriftKind kind) {
        return all().anyMatch(one -> one.measure().kind() == kind && one.suspected());
    }

    void putInto(Map<String, Object> figures) {
        all().forEach(one -> {
            String name = one.measure().name().toLowerCase(Locale.ROOT);
            figures.put(one.segment() == null ? name : name + " of " + one.segment(), one.figures());
        });
    }

    /** Puts its state among that of the version's watch. */
    void save(Map<String, Object> json) {
        json.put("measures", measures.stream().map(MeasureWatch::toJson).toList());
        if (segments != null) {
            json.put("segments", segments.toJson());
        }
        json.put("arrivals", arrivals.toJson());
        json.put("exploration", exploration.toJson());
    }

    static MeasureWatches restore(JsonObject json) {
        MeasureWatches restored = new MeasureWatches(
                json.objects("measures").stream().map(MeasureWatch::fromJson).toList(),
                json.has("segments") ? SegmentWatch.fromJson(json.object("segments")) : null,
                // A snapshot from before the rate was watched has no detector of it either.
                json.has("arrivals") ? Arrivals.fromJson(json.object("arrivals")) : new Arrivals(Arrivals.SHORTEST));
        if (json.has("exploration")) {
            restored.exploration = ExplorationWindow.fromJson(json.object("exploration"));
        }
        return restored;
    }
}
