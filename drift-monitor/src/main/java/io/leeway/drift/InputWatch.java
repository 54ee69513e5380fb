package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.PastChecks.PastCheck;
import io.leeway.drift.WatchEvent.Decided;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Watches the inputs of one model version: the newest rows are compared when the window is full and then after every half of a
 * window, for inputs that moved and for data that are broken. Not thread safe.
 */
final class InputWatch {
    private final int windowRows;
    private final References references;
    private PastChecks past = new PastChecks();
    private Standing moved = new Standing();
    private Standing broken = new Standing();
    private TogetherWatch together;
    private long decisions;
    private long leftOut;
    private long checks;

    /** Decisions at the last check that could confirm another. */
    private long checkedAt;

    /** Decisions at the last check. */
    private long learned;

    /** The stream's time at the last check that could confirm another, at the first decision before; null before that. */
    private Instant testedAt;

    /** Seconds of the stream's time that the last such check had to spend. */
    private double seconds;

    private String lastSentence;
    private InputCheck lastCheck;

    InputWatch(DriftSettings settings) {
        this(settings.windowRows(), settings.reference());
    }

    private InputWatch(int windowRows, String reference) {
        this.windowRows = windowRows;
        this.references = new References(windowRows, reference);
        this.together = new TogetherWatch(windowRows);
    }

    /** True if the decision made a check due; it is for the caller to run it. */
    boolean take(Decided decided, InputWindow window, Occasion occasion) {
        if (decided.row() == null) {
            leftOut++;
            return false;
        }
        testedAt = testedAt == null ? occasion.clock() : testedAt;
        window.put(references.slot(decisions), decided);
        decisions++;
        return decisions >= windowRows && (decisions - windowRows) % half() == 0;
    }

    private int half() {
        return Math.max(1, windowRows / 2);
    }

    /**
     * Runs a check; empty where it found nothing new.
     *
     * @param actions ids that were chosen from
     */
    List<Drift> check(
            InputWindow window, String sha256, Collection<String> actions, DriftSettings settings, Occasion occasion) {
        InputRows rows = rows(window);
        WindowProfile newest = rows.newest();
        references.learn(window, decisions, (int) Math.min(half(), decisions - learned));
        learned = decisions;
        // A check by hand may come soon after another: about the same decisions confirm nothing.
        boolean news = decisions - checkedAt >= half();
        if (news) {
            seconds = occasion.secondsSince(testedAt);
            testedAt = occasion.clock();
        } else if (seconds == 0) {
            seconds = occasion.secondsSince(testedAt);
        }
        List<Drift> found = new ArrayList<>();
        Reference reference = references.find(window, occasion.modelVersion(), sha256, decisions);
        if (reference.isEmpty()) {
            lastSentence = reference.words();
            lastCheck = null;
        } else {
            InputCheck check = ranked(
                    InputCheck.run(
                            reference, newest.profile(), newest.window(), level(settings), settings.minimumEffect()),
                    reference,
                    window,
                    window.scores(occasion.modelVersion(), sha256, actions));
            checks++;
            lastSentence = check.sentence();
            lastCheck = check;
            past.add(check);
            InputEvents.of(broken, check.part(true), DriftKind.DATA, news, occasion)
                    .ifPresent(found::add);
            InputEvents.of(moved, check.part(false), DriftKind.INPUTS, news, occasion)
                    .ifPresent(found::add);
            if (!check.drifted() && settings.together()) {
                checkTogether(rows, check, settings, news, occasion).ifPresent(found::add);
            }
        }
        checkedAt = news ? decisions : checkedAt;
        return found;
    }

    /** With the moved inputs in the order of their effect on the model's decisions, as far as a model says. */
    InputCheck ranked(
            InputCheck check,
            Reference reference,
            InputWindow window,
            Optional<Function<Map<String, Object>, double[]>> scores) {
        return check.drifted() && scores.isPresent()
                ? check.ranked(EffectOnDecisions.of(
                        check.moved(), reference, rows(window).newest(EffectOnDecisions.MOST_ROWS), scores.get()))
                : check;
    }

    /** No input moved by itself; do they go together otherwise? Of the phases no rows are kept, so there it is not asked. */
    private Optional<Drift> checkTogether(
            InputRows rows, InputCheck check, DriftSettings settings, boolean news, Occasion occasion) {
        boolean trailing = references.name().equals(DriftSettings.TRAILING);
        if (references.name().equals(DriftSettings.PHASE)) {
            return Optional.empty();
        }
        if (!trailing && !together.hasFirst()) {
            together.keep(rows.window(), rows.sample(rows.start(), TogetherWatch.MOST_ROWS), decisions);
        }
        // It costs more than the other tests together: every other check is enough.
        boolean due = news && decisions / half() % 2 == 0 || together.suspected();
        if (!due || !trailing && !together.isReady(decisions)) {
            return Optional.empty();
        }
        int most = TogetherWatch.rows(rows.inputs());
        return together.check(
                trailing ? rows.rows(decisions - 2L * windowRows, most) : together.first(rows.window(), most),
                rows.newest(most),
                check.window(),
                trailing
                        ? check.reference()
                        : "the first " + windowRows + " decisions that were like " + check.reference(),
                level(settings),
                settings.minimumEffect(),
                occasion);
    }

    /** What is kept of the decisions so far. */
    InputRows rows(InputWindow window) {
        return new InputRows(window, references, windowRows, decisions);
    }

    /** The level of one check: what the budget of false alarms leaves it, and at most the loop's false discovery rate. */
    double level(DriftSettings settings) {
        return Math.min(settings.falseDiscoveryRate(), Shares.level(settings, half(), seconds));
    }

    Reference reference(InputWindow window, long modelVersion, String sha256) {
        return references.find(window, modelVersion, sha256, decisions);
    }

    /** Ends what lasts. */
    List<Drift> end(String why, Occasion occasion) {
        List<Drift> ended = new ArrayList<>();
        broken.end(why, occasion).ifPresent(ended::add);
        moved.end(why, occasion).ifPresent(ended::add);
        together.end(why, occasion).ifPresent(ended::add);
        return ended;
    }

    /** Drift that is detected and lasts. */
    List<Drift> active() {
        List<Drift> active = new ArrayList<>(InputEvents.active(broken, moved));
        together.active().ifPresent(active::add);
        return active;
    }

    boolean suspected(DriftKind kind) {
        return kind == DriftKind.DATA && broken.suspected()
                || kind == DriftKind.INPUTS && (moved.suspected() || together.suspected());
    }

    int windowRows() {
        return windowRows;
    }

    /** Decisions in the window. */
    int filled() {
        return (int) Math.min(decisions, windowRows);
    }

    /** What the last check of this process saw; empty before it, and where there was nothing to compare with. */
    Optional<InputCheck> lastCheck() {
        return Optional.ofNullable(lastCheck);
    }

    /** Why the last check compared nothing, or what it saw. */
    String lastSentence() {
        return lastSentence;
    }

    List<PastCheck> past() {
        return past.all();
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("windowRows", windowRows);
        figures.put("filled", filled());
        figures.put("leftOut", leftOut);
        figures.put("checks", checks);
        figures.put("reference", references.name().toLowerCase(Locale.ROOT));
        if (!together.figures().isEmpty()) {
            figures.put("together", together.figures());
        }
        figures.put("suspected", together.suspected() || moved.suspected() || broken.suspected());
        if (lastSentence != null) {
            figures.put("lastCheck", lastSentence);
        }
        return figures;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("windowRows", windowRows);
        json.put("reference", references.name());
        json.put("decisions", decisions);
        json.put("leftOut", leftOut);
        json.put("checks", checks);
        json.put("checkedAt", checkedAt);
        json.put("learned", learned);
        json.put("seconds", seconds);
        if (testedAt != null) {
            json.put("testedAt", testedAt.toString());
        }
        json.put("moved", moved.toJson());
        json.put("broken", broken.toJson());
        json.put("together", together.toJson());
        json.put("past", past.toJson());
        if (lastSentence != null) {
            json.put("lastSentence", lastSentence);
        }
        return json;
    }

    static InputWatch fromJson(JsonObject json) {
        InputWatch restored =
                new InputWatch((int) json.integer("windowRows"), json.text("reference", DriftSettings.MODEL));
        restored.decisions = json.integer("decisions");
        restored.leftOut = json.integer("leftOut");
        restored.checks = json.integer("checks");
        restored.checkedAt = json.integer("checkedAt", 0);
        restored.learned = json.integer("learned", restored.decisions);
        restored.seconds = json.number("seconds", 0);
        restored.testedAt = json.has("testedAt") ? Instant.parse(json.text("testedAt")) : null;
        // A snapshot from before the two were told apart has one drift, of inputs.
        restored.moved = Standing.fromJson(json.has("moved") ? json.object("moved") : json);
        restored.broken = json.has("broken") ? Standing.fromJson(json.object("broken")) : new Standing();
        if (json.has("together")) {
            restored.together = TogetherWatch.fromJson(json.object("together"), restored.windowRows);
        }
        restored.past = json.has("past") ? PastChecks.fromJson(json.objects("past")) : new PastChecks();
        restored.lastSentence = json.text("lastSentence", null);
        return restored;
    }
}
