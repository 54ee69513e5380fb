package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.WatchEvent.Rewarded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches the quality of parts of a loop's decisions apart, by the value of one input: the first {@link #MOST} values that come.
 * Not thread safe. About 30 kB for each.
 */
final class SegmentWatch {
    static final int MOST = 20;

    private final String path;
    private final Measure measure;
    private final Allowance budget;
    private final Map<String, MeasureWatch> bySegment = new LinkedHashMap<>();
    private long ofOthers;

    /** @param budget what the detector of one segment may spend */
    SegmentWatch(String path, Measure measure, Allowance budget) {
        this.path = path;
        this.measure = measure;
        this.budget = budget;
    }

    List<Drift> take(Rewarded rewarded, Means means, Occasion occasion) {
        if (rewarded.segment() == null) {
            return List.of();
        }
        MeasureWatch watch = bySegment.get(rewarded.segment());
        if (watch == null) {
            if (bySegment.size() == MOST) {
                ofOthers++;
                return List.of();
            }
            watch = new MeasureWatch(measure, new BudgetedDetector(budget, false), path + "=" + rewarded.segment());
            bySegment.put(rewarded.segment(), watch);
        }
        return watch.take(rewarded, means, occasion);
    }

    Collection<MeasureWatch> watches() {
        return List.copyOf(bySegment.values());
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("path", path);
        bySegment.forEach((segment, watch) -> figures.put(segment, watch.figures()));
        figures.put("ofOtherSegments", ofOthers);
        return figures;
    }

    Map<String, Object> toJson() {
        List<Object> segments = new ArrayList<>();
        bySegment.forEach((segment, watch) -> segments.add(Map.of("name", segment, "watch", watch.toJson())));
        return Map.of(
                "path",
                path,
                "measure",
                measure.name(),
                "budget",
                budget.toJson(),
                "segments",
                segments,
                "ofOthers",
                ofOthers);
    }

    static SegmentWatch fromJson(JsonObject json) {
        SegmentWatch restored =
                new SegmentWatch(json.text("path"), Measure.valueOf(json.text("measure")), budget(json));
        json.objects("segments")
                .forEach(segment ->
                        restored.bySegment.put(segment.text("name"), MeasureWatch.fromJson(segment.object("watch"))));
        restored.ofOthers = json.integer("ofOthers");
        return restored;
    }

    /** A snapshot from before budgets could be times has a number of values. */
    private static Allowance budget(JsonObject json) {
        return json.value("budget") instanceof Number values
                ? Allowance.ofValues(values.doubleValue())
                : Allowance.fromJson(json.object("budget"));
    }
}
