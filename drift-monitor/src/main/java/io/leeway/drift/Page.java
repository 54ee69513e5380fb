package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.rest.DriftStatus;
import io.leeway.core.drift.Calibration;
import io.leeway.core.drift.InputProfile;
import io.leeway.core.drift.QualityEstimate;
import io.leeway.core.drift.TableDrift;
import io.leeway.drift.Chunks.Chunk;
import io.leeway.drift.PastChecks.PastCheck;
import io.leeway.kit.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a page about a loop shows, taken from its watch at one moment.
 *
 * @param shown inputs that are drawn, before and after, those that moved first
 * @param notCompared why inputs were not compared; null where they were
 */
record Page(
        DriftStatus status,
        DriftSettings settings,
        Instant at,
        List<Course> courses,
        List<PastCheck> checks,
        double level,
        String reference,
        InputCheck check,
        List<TableDrift.InputDrift> tests,
        Map<String, Pair> shown,
        String notCompared,
        Optional<Calibration> calibration,
        Optional<QualityEstimate> expected,
        Optional<QualityEstimate> expectedError,
        List<Drift> history) {
    private static final int MOST_SHOWN = 12;

    /** One measure's course. */
    record Course(String name, String kind, List<Chunk> chunks, List<Instant> alarms) {}

    /** One input as it was and as it is. */
    record Pair(InputProfile before, InputProfile after) {}

    static Page of(LoopWatch watch, InputWindow window, Instant now, List<Drift> history) {
        DriftSettings settings = watch.loop().settings().drift();
        VersionWatch version = watch.watch();
        LookAtLoop.Compared compared = null;
        String why = null;
        try {
            compared = LookAtLoop.Compared.of(watch, window, settings);
        } catch (ProblemException nothing) {
            why = nothing.getMessage();
        }
        return new Page(
                watch.status(now),
                settings,
                now,
                version.measures().stream().map(Page::course).toList(),
                version.inputs().past(),
                version.inputs().level(settings),
                compared == null ? null : compared.reference().words(),
                compared == null ? null : compared.check(),
                compared == null ? List.of() : compared.tests().inputs(),
                compared == null ? Map.of() : shown(compared),
                why,
                version.recent().calibration(),
                version.recent().expected(),
                version.watches(Measure.ABSOLUTE_ERROR) ? version.recent().expectedError() : Optional.empty(),
                history);
    }

    private static Course course(MeasureWatch measure) {
        String words = measure.measure().words();
        String name = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return new Course(
                measure.segment() == null ? name : measure.segment() + ": " + words,
                measure.measure().plural() + (measure.segment() == null ? "" : " of " + measure.segment()),
                measure.chunks().all(),
                measure.chunks().alarms());
    }

    private static Map<String, Pair> shown(LookAtLoop.Compared compared) {
        List<TableDrift.InputDrift> byEffect = new ArrayList<>(compared.tests().inputs());
        byEffect.sort(Comparator.comparingDouble(TableDrift.InputDrift::effect).reversed());
        Map<String, Pair> shown = new LinkedHashMap<>();
        Stream.concat(
                        compared.check().moved().stream().map(moved -> moved.input()),
                        byEffect.stream().map(TableDrift.InputDrift::input))
                .distinct()
                .limit(MOST_SHOWN)
                .forEach(path -> shown.put(path, new Pair(compared.before(path), compared.after(path))));
        return shown;
    }
}
