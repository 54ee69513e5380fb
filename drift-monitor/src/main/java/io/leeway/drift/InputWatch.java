package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.DriftSeverity;
import io.leeway.contracts.DriftState;
import io.leeway.core.drift.Profile;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.WatchEvent.Decided;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Watches the inputs of one model version: the newest rows are compared when the window is full and then after every half of a
 * window, for inputs that moved and for data that are broken. Not thread safe.
 */
final class InputWatch {
    private static final int MOST_CHECKS = 100;

    private final int windowRows;
    private final References references;
    private final Deque<PastCheck> past = new ArrayDeque<>();
    private Standing moved = new Standing();
    private Standing broken = new Standing();
    private long decisions;
    private long leftOut;
    private long checks;

    /** Decisions at the last check that could confirm another. */
    private long checkedAt;

    /** Decisions at the last check. */
    private long learned;

    private String lastSentence;
    private InputCheck lastCheck;

    /** What a check saw, for the course of checks. */
    record PastCheck(String time, double effect, String input, boolean drifted) {}

    InputWatch(DriftSettings settings) {
        this(settings.windowRows(), settings.reference());
    }

    private InputWatch(int windowRows, String reference) {
        this.windowRows = windowRows;
        this.references = new References(windowRows, reference);
    }

    /** True if the decision made a check due; it is for the caller to run it. */
    boolean take(Decided decided, InputWindow window) {
        if (decided.row() == null) {
            leftOut++;
            return false;
        }
        window.put(references.slot(decisions), decided);
        decisions++;
        return decisions >= windowRows && (decisions - windowRows) % half() == 0;
    }

    private int half() {
        return Math.max(1, windowRows / 2);
    }

    /** Runs a check; empty where it found nothing new. */
    List<Drift> check(InputWindow window, String sha256, DriftSettings settings, Occasion occasion) {
        WindowProfile newest = newest(window);
        Profile current = newest.profile();
        references.learn(window, decisions, (int) Math.min(half(), decisions - learned));
        learned = decisions;
        Reference reference = references.find(window, occasion.modelVersion(), sha256, decisions);
        if (reference.isEmpty()) {
            lastSentence = reference.words();
            lastCheck = null;
            return List.of();
        }
        InputCheck check =
                InputCheck.run(reference, current, newest.window(), level(settings), settings.minimumEffect());
        checks++;
        lastSentence = check.sentence();
        lastCheck = check;
        remember(check);
        List<Drift> found = new ArrayList<>();
        // A check by hand may come soon after another: about the same decisions confirm nothing.
        boolean news = decisions - checkedAt >= half();
        judge(broken, check.part(true), DriftKind.DATA, news, occasion).ifPresent(found::add);
        judge(moved, check.part(false), DriftKind.INPUTS, news, occasion).ifPresent(found::add);
        checkedAt = news ? decisions : checkedAt;
        return found;
    }

    private static Optional<Drift> judge(
            Standing standing, InputCheck check, DriftKind kind, boolean news, Occasion occasion) {
        if (check.drifted() && standing.suspected() && !news) {
            return Optional.empty();
        }
        return check.drifted()
                ? standing.found((state, id, since) -> event(check, kind, state, id, since, occasion), occasion)
                : standing.end(check.sentence(), occasion);
    }

    /** The level of one check: what the budget of false alarms leaves it, and at most the loop's false discovery rate. */
    double level(DriftSettings settings) {
        return Math.min(settings.falseDiscoveryRate(), Shares.level(settings, half()));
    }

    /** The newest decisions, as many as there are and the window holds. */
    WindowProfile newest(InputWindow window) {
        WindowProfile profile = new WindowProfile();
        for (long n = decisions - filled(); n < decisions; n++) {
            window.row(references.slot(n)).ifPresent(profile::add);
        }
        return profile;
    }

    Reference reference(InputWindow window, long modelVersion, String sha256) {
        return references.find(window, modelVersion, sha256, decisions);
    }

    private void remember(InputCheck check) {
        if (past.size() == MOST_CHECKS) {
            past.removeFirst();
        }
        boolean any = check.drifted();
        past.addLast(new PastCheck(
                check.window().to().toString(),
                any ? check.moved().get(0).effect() : 0,
                any ? check.moved().get(0).input() : "",
                any));
    }

    private static Drift event(
            InputCheck check, DriftKind kind, DriftState state, String driftId, Instant since, Occasion occasion) {
        return new Drift(
                driftId,
                occasion.loop(),
                occasion.now(),
                state,
                kind,
                occasion.modelVersion(),
                InputCheck.TEST,
                check.moved().get(0).statistic(),
                check.smallestPValue(),
                check.moved().get(0).effect(),
                since == null ? check.window().from() : since,
                occasion.events(),
                check.sentence(),
                severity(check, state),
                check.window(),
                check.reference(),
                null,
                check.moved(),
                Map.of("checks", check.checks(), "level", check.level()));
    }

    private static DriftSeverity severity(InputCheck check, DriftState state) {
        if (state == DriftState.SUSPECTED) {
            return DriftSeverity.LOW;
        }
        return DataQuality.isGrave(check.checks()) ? DriftSeverity.HIGH : DriftSeverity.MEDIUM;
    }

    /** Ends what lasts. */
    List<Drift> end(String why, Occasion occasion) {
        List<Drift> ended = new ArrayList<>();
        broken.end(why, occasion).ifPresent(ended::add);
        moved.end(why, occasion).ifPresent(ended::add);
        return ended;
    }

    /** Drift that is detected and lasts. */
    List<Drift> active() {
        List<Drift> active = new ArrayList<>();
        broken.active().ifPresent(active::add);
        moved.active().ifPresent(active::add);
        return active;
    }

    boolean suspected(DriftKind kind) {
        return kind == DriftKind.DATA && broken.suspected() || kind == DriftKind.INPUTS && moved.suspected();
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
        return List.copyOf(past);
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("windowRows", windowRows);
        figures.put("filled", filled());
        figures.put("leftOut", leftOut);
        figures.put("checks", checks);
        figures.put("reference", references.name().toLowerCase(Locale.ROOT));
        figures.put("suspected", moved.suspected() || broken.suspected());
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
        json.put("moved", moved.toJson());
        json.put("broken", broken.toJson());
        json.put("past", past.stream().map(InputWatch::toJson).toList());
        if (lastSentence != null) {
            json.put("lastSentence", lastSentence);
        }
        return json;
    }

    private static Map<String, Object> toJson(PastCheck check) {
        return Map.of(
                "time", check.time(), "effect", check.effect(), "input", check.input(), "drifted", check.drifted());
    }

    static InputWatch fromJson(JsonObject json) {
        InputWatch restored =
                new InputWatch((int) json.integer("windowRows"), json.text("reference", DriftSettings.MODEL));
        restored.decisions = json.integer("decisions");
        restored.leftOut = json.integer("leftOut");
        restored.checks = json.integer("checks");
        restored.checkedAt = json.integer("checkedAt", 0);
        restored.learned = json.integer("learned", restored.decisions);
        // A snapshot from before the two were told apart has one drift, of inputs.
        restored.moved = Standing.fromJson(json.has("moved") ? json.object("moved") : json);
        restored.broken = json.has("broken") ? Standing.fromJson(json.object("broken")) : new Standing();
        if (json.has("past")) {
            json.objects("past")
                    .forEach(check -> restored.past.addLast(new PastCheck(
                            check.text("time"), check.number("effect"), check.text("input"), check.flag("drifted"))));
        }
        restored.lastSentence = json.text("lastSentence", null);
        return restored;
    }
}
