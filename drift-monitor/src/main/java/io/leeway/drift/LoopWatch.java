package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.rest.DriftStatus;
import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import io.leeway.drift.Signal.DriftFound;
import io.leeway.drift.Signal.TrainingAsked;
import io.leeway.drift.VersionWatch.Taken;
import io.leeway.drift.WatchEvent.CheckAsked;
import io.leeway.drift.WatchEvent.DatasetGiven;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.LoopSet;
import io.leeway.drift.WatchEvent.ModelServes;
import io.leeway.drift.WatchEvent.Rewarded;
import io.leeway.drift.WatchEvent.Ticked;
import io.leeway.drift.WatchEvent.TrainingTold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The watch of one loop: a fold over its events. Not thread safe.
 *
 * <p>The same events with the same times give the same state and the same signals, identities included; so a watch that is
 * restored from a snapshot and the events since then goes on exactly where it was. Only the rows of the input window live outside
 * (see {@link InputWindow}); a check of the inputs is therefore always followed by a snapshot, never replayed.
 */
public final class LoopWatch {
    private Loop loop;
    private VersionWatch watch;
    private final AskForRetraining retraining;
    private long events;

    /** Time of the newest event that is not of the future. */
    private Instant clock = Instant.EPOCH;

    private long drifts;
    private HandCheck check;

    /**
     * What taking in an event led to.
     *
     * @param snapshotDue true if the event cannot be replayed, or is too important to
     */
    public record Outcome(List<Signal> signals, boolean snapshotDue) {}

    private LoopWatch(Loop loop, VersionWatch watch, AskForRetraining retraining) {
        this.loop = slim(loop);
        this.watch = watch;
        this.retraining = retraining;
    }

    /** A loop without a model. @param patience how long a retrain request counts as open when nothing is heard of it */
    public static LoopWatch of(Loop loop, Duration patience) {
        return new LoopWatch(
                loop, new VersionWatch(0, ServingModel.NONE.sha256(), loop.settings()), new AskForRetraining(patience));
    }

    /** @param now the time at which the event is taken in, not that of the event */
    public Outcome take(WatchEvent event, Instant now, InputWindow window) {
        events += event instanceof Ticked ? 0 : 1; // A tick that changes nothing leaves no trace.
        List<Signal> signals = new ArrayList<>();
        boolean snapshotDue = true;
        if (event instanceof Rewarded rewarded) {
            snapshotDue = false;
            advance(rewarded.time(), now);
            if (watching()) {
                tell(watch.take(rewarded, occasion(now)), signals);
            }
        } else if (event instanceof Decided decided) {
            advance(decided.time(), now);
            snapshotDue = watching() && decided(decided, now, window, signals);
        } else if (event instanceof DatasetGiven given) {
            window.keepDataset(given.name(), given.dataset());
        } else if (event instanceof CheckAsked asked) {
            tell(watch.check(window, settings(), occasion(now)), signals);
            check = byHand(asked, now, signals);
        } else if (event instanceof ModelServes serves) {
            serve(serves, now, signals);
        } else if (event instanceof LoopSet set) {
            change(set.loop(), now, signals);
        } else if (event instanceof TrainingTold told) {
            retraining.told(told.type(), now);
        } else if (event instanceof Ticked) {
            snapshotDue = false;
        }
        if (event instanceof CheckAsked) {
            return new Outcome(signals, true);
        }
        retraining
                .decide(now, loop, watch.troubles(settings()))
                .ifPresent(request -> signals.add(new TrainingAsked(request)));
        return new Outcome(signals, snapshotDue || !signals.isEmpty());
    }

    private void advance(Instant time, Instant now) {
        clock = time.isAfter(clock) && Occasion.isPast(time, now) ? time : clock;
    }

    /** True if the inputs were checked. */
    private boolean decided(Decided decided, Instant now, InputWindow window, List<Signal> signals) {
        Taken taken = watch.take(decided, window, settings(), occasion(now));
        tell(taken.found(), signals);
        if (taken.checkDue()) {
            tell(watch.check(window, settings(), occasion(now)), signals);
        }
        return taken.checkDue();
    }

    private HandCheck byHand(CheckAsked asked, Instant now, List<Signal> signals) {
        Optional<InputCheck> seen = watch.inputs().lastCheck();
        boolean wanted = asked.retrain() && seen.isPresent() && seen.get().drifted();
        Optional<String> against = wanted
                ? retraining.against(now, loop)
                : Optional.of(asked.retrain() ? "nothing moved" : "it was not wanted");
        String requestId = null;
        if (against.isEmpty()) {
            RetrainRequest request = retraining.askByHand(now, loop, seen.get().sentence());
            requestId = request.requestId();
            signals.add(new TrainingAsked(request));
        }
        return new HandCheck(seen, watch.inputs().lastSentence(), requestId, against.orElse(null));
    }

    /**
     * What a check by hand came to.
     *
     * @param seen empty where there was nothing to compare with; the sentence says why
     * @param notRetrained why no retraining was asked for; null where it was
     */
    public record HandCheck(Optional<InputCheck> seen, String sentence, String requestId, String notRetrained) {}

    /** What the last check by hand came to. */
    public Optional<HandCheck> lastHandCheck() {
        return Optional.ofNullable(check);
    }

    private void serve(ModelServes serves, Instant now, List<Signal> signals) {
        if (serves.version() == watch.version() && serves.sha256().equals(watch.sha256())) {
            return;
        }
        String who = serves.version() == 0 ? "no model serves" : "model version " + serves.version() + " serves";
        tell(watch.end(who, occasion(now)), signals);
        watch = new VersionWatch(serves.version(), serves.sha256(), loop.settings());
        retraining.swapped();
    }

    private void change(Loop changed, Instant now, List<Signal> signals) {
        boolean unchanged = VersionWatch.unchanged(loop.settings(), changed.settings());
        if (!unchanged) {
            tell(watch.end("the loop's settings changed", occasion(now)), signals);
            watch = new VersionWatch(watch.version(), watch.sha256(), changed.settings());
        }
        loop = slim(changed);
    }

    /** Without what no watch needs, actions above all, because it is part of every snapshot. */
    private static Loop slim(Loop loop) {
        LoopSettings all = loop.settings();
        LoopSettings few = LoopSettings.builder(all.kind())
                .reward(all.reward())
                .exploration(all.exploration())
                .training(all.training())
                .drift(all.drift())
                .build();
        return new Loop(
                loop.name(),
                loop.revision(),
                loop.salt(),
                few,
                loop.freeze(),
                loop.createdAt(),
                loop.updatedAt(),
                null);
    }

    private void tell(List<Drift> found, List<Signal> signals) {
        found.forEach(drift -> signals.add(new DriftFound(drift)));
    }

    private boolean watching() {
        return settings().watch();
    }

    private DriftSettings settings() {
        return loop.settings().drift();
    }

    private Occasion occasion(Instant now) {
        return new Occasion(
                loop.name(),
                watch.version(),
                now,
                clock,
                watch.feedbacks(),
                () -> Identity.of(loop, "drift", ++drifts));
    }

    /** The loop as it is known here: without its actions. */
    public Loop loop() {
        return loop;
    }

    public long modelVersion() {
        return watch.version();
    }

    /** Of the serving model's artifact. */
    public String sha256() {
        return watch.sha256();
    }

    /** Events taken in so far. */
    public long events() {
        return events;
    }

    /** Decisions in the window of the input tests. */
    public int windowRows() {
        return watch.filled();
    }

    /** The state of each kind of drift: 2 detected, 1 suspected, 0 neither. */
    public Map<String, Integer> states() {
        return watch.states();
    }

    VersionWatch watch() {
        return watch;
    }

    public DriftStatus status(Instant now) {
        Map<String, Object> figures = new LinkedHashMap<>(watch.figures());
        figures.put("retrainRequestOpen", retraining.open(now));
        List<Trouble> troubles = watch.troubles(settings());
        if (!troubles.isEmpty() && troubles.get(0).since() != null) {
            figures.put("feedbacksSinceChange", troubles.get(0).matured());
            figures.put("feedbacksToRetrain", loop.settings().training().minimumFeedback());
        }
        return new DriftStatus(
                loop.name(),
                watch.version(),
                watch.feedbacks(),
                watch.decisions(),
                watch.active(),
                retraining.lastDay(now),
                retraining.quietUntil(settings(), now),
                figures);
    }

    /** The state but for the rows of the window: a few kilobytes, at most about 60. */
    public byte[] snapshot() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("loop", io.leeway.contracts.Json.text(loop));
        json.put("watch", watch.toJson());
        json.put("retraining", retraining.toJson());
        json.put("events", events);
        json.put("drifts", drifts);
        json.put("clock", clock.toString());
        return Json.writeBytes(json);
    }

    /** Goes on where {@link #snapshot} was taken. */
    public static LoopWatch restore(byte[] snapshot, Duration patience) {
        JsonObject json = JsonObject.of(Json.read(snapshot));
        LoopWatch restored = new LoopWatch(
                io.leeway.contracts.Json.read(json.text("loop"), Loop.class),
                VersionWatch.fromJson(json.object("watch")),
                AskForRetraining.fromJson(json.object("retraining"), patience));
        restored.events = json.integer("events");
        restored.drifts = json.integer("drifts");
        restored.clock = Instant.parse(json.text("clock", Instant.EPOCH.toString()));
        return restored;
    }
}
