package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSeverity;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.DriftWindow;
import io.leeway.contracts.MovedInput;
import io.leeway.core.drift.DomainClassifier;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.WatchEvent.Decided;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Asks whether boosted trees can tell the newest decisions of a model version from earlier ones: sees inputs that go together otherwise
 * while each by itself stays as it was. Not thread safe.
 *
 * <p>A profile does not know which values came together, so rows are kept: those of the first window in which no input had moved by
 * itself. Where one has, that is what is told, and this is not asked; so a rhythm that shows in the inputs is not called drift once more.
 */
final class TogetherWatch {
    static final String TEST = "domain classifier";

    /** Rows of each kind at the most, and cells, so that many inputs cost no more than 50,000 values a second and core allow. */
    static final int MOST_ROWS = 512;

    static final int MOST_CELLS = 100_000;

    private final int windowRows;
    private Standing standing = new Standing();
    private Map<String, Object> figures = Map.of();
    private int kept;

    /** Decisions when the first rows were kept; -1 before. */
    private long keptAt = -1;

    TogetherWatch(int windowRows) {
        this.windowRows = windowRows;
    }

    /** Behind those of the windows. */
    private int slot(long number) {
        return (int) (2L * windowRows + number);
    }

    boolean hasFirst() {
        return keptAt >= 0;
    }

    /** Keeps rows to compare with. @param first at most {@link #MOST_ROWS} @param decisions how many there have been */
    void keep(InputWindow window, List<Decided> first, long decisions) {
        for (int i = 0; i < first.size(); i++) {
            window.put(slot(i), first.get(i));
        }
        kept = first.size();
        keptAt = decisions;
    }

    /** Some of the rows that were kept, evenly. */
    List<Map<String, Object>> first(InputWindow window, int most) {
        int count = Math.min(most, kept);
        List<Map<String, Object>> first = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            window.row(slot((long) i * kept / count)).ifPresent(decided -> first.add(decided.row()));
        }
        return first;
    }

    /** Rows that are compared where there are so many inputs. */
    static int rows(int inputs) {
        return Math.min(MOST_ROWS, Math.max(2 * DomainClassifier.MINIMUM_ROWS, MOST_CELLS / Math.max(1, inputs)));
    }

    /** Whether none of the rows that were kept is among the newest. @param decisions how many there have been */
    boolean isReady(long decisions) {
        return hasFirst() && decisions >= keptAt + windowRows;
    }

    /**
     * Compares earlier decisions with the newest.
     *
     * @param first as many as {@link #rows} says at the most
     * @param newest alike
     * @param dates of all of the newest
     * @param against what the first are, in words
     */
    Optional<Drift> check(
            List<Map<String, Object>> first,
            List<Map<String, Object>> newest,
            DriftWindow dates,
            String against,
            double level,
            double minimumEffect,
            Occasion occasion) {
        if (Math.min(first.size(), newest.size()) < DomainClassifier.MINIMUM_ROWS) {
            return Optional.empty();
        }
        DomainClassifier told = DomainClassifier.compare(
                first, newest, level, new SplittableRandom(31 * occasion.modelVersion() + occasion.events()));
        double effect = Math.max(0, 2 * (told.areaUnderCurve() - 0.5));
        boolean drifted = told.pValue() <= level && effect >= minimumEffect;
        figures = figures(told, dates);
        String sentence = sentence(told, drifted, dates.rows(), against);
        return drifted
                ? standing.found(
                        (state, id, since) -> new Drift(
                                id,
                                occasion.loop(),
                                occasion.now(),
                                state,
                                DriftKind.INPUTS,
                                occasion.modelVersion(),
                                TEST,
                                told.areaUnderCurve(),
                                told.pValue(),
                                effect,
                                since == null ? dates.from() : since,
                                occasion.events(),
                                sentence,
                                state == DriftState.SUSPECTED ? DriftSeverity.LOW : DriftSeverity.MEDIUM,
                                dates,
                                against,
                                null,
                                carriers(told),
                                Map.of("measure", "together", "level", level)),
                        occasion)
                : standing.end(sentence, occasion);
    }

    private static String sentence(DomainClassifier told, boolean drifted, long rows, String against) {
        return drifted
                ? told.words() + ": the last " + rows + " decisions against " + against
                : String.format(
                        Locale.ROOT,
                        "new rows cannot be told from old ones (AUC %.2f): the last %d decisions against %s",
                        told.areaUnderCurve(),
                        rows,
                        against);
    }

    private static List<MovedInput> carriers(DomainClassifier told) {
        return told.carriers().stream()
                .filter(one -> one.importance() > 0)
                .limit(InputCheck.MOST_MOVED)
                .map(one -> new MovedInput(
                        InputCheck.name(one.input()),
                        TEST,
                        one.importance(),
                        told.pValue(),
                        Math.min(1, 2 * one.importance()),
                        InputCheck.name(one.input()) + ": tells new from old, AUC falls by "
                                + Words.number(one.importance()) + " without it"))
                .toList();
    }

    private static Map<String, Object> figures(DomainClassifier told, DriftWindow dates) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("areaUnderCurve", told.areaUnderCurve());
        figures.put("pValue", told.pValue());
        figures.put("rows", told.rows());
        figures.put("until", dates.to().toString());
        if (!told.carriers().isEmpty()) {
            figures.put(
                    "carriers",
                    told.carriers().stream()
                            .filter(one -> one.importance() > 0)
                            .limit(5)
                            .map(DomainClassifier.Carrier::input)
                            .toList());
        }
        return figures;
    }

    Optional<Drift> end(String why, Occasion occasion) {
        return standing.end(why, occasion);
    }

    Optional<Drift> active() {
        return standing.active();
    }

    boolean suspected() {
        return standing.suspected();
    }

    /** Of the last comparison; empty before it. */
    Map<String, Object> figures() {
        return figures;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = standing.toJson();
        json.put("figures", figures);
        json.put("kept", kept);
        json.put("keptAt", keptAt);
        return json;
    }

    static TogetherWatch fromJson(JsonObject json, int windowRows) {
        TogetherWatch restored = new TogetherWatch(windowRows);
        restored.standing = Standing.fromJson(json);
        restored.kept = (int) json.integer("kept");
        restored.keptAt = json.integer("keptAt");
        JsonObject figures = json.object("figures");
        Map<String, Object> read = new LinkedHashMap<>();
        for (String name : List.of("areaUnderCurve", "pValue")) {
            if (figures.has(name)) {
                read.put(name, figures.number(name));
            }
        }
        if (figures.has("rows")) {
            read.put("rows", figures.integer("rows"));
            read.put("until", figures.text("until"));
        }
        if (figures.has("carriers")) {
            read.put("carriers", figures.texts("carriers"));
        }
        restored.figures = read;
        return restored;
    }
}
