package io.leeway.training;

import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.RolloutMode;
import io.leeway.contracts.RolloutSettings;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.contracts.rest.RolloutState;
import io.leeway.core.promotion.Canary;
import io.leeway.core.promotion.LiveComparison;
import io.leeway.kit.EventIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rollout gate: tries versions as canary or shadow, and promotes or rolls them back by what live rewards prove. The comparison is
 * kept in the registry together with the offsets of the feedback in it, so that each feedback counts once, whatever dies. Thread safe.
 */
@ApplicationScoped
public class RollOut {
    private static final Duration BETWEEN_DECISIONS = Duration.ofMillis(500);
    private static final Duration BETWEEN_QUIET_DECISIONS = Duration.ofSeconds(1);

    private final Loops loops;
    private final Versions versions;
    private final Rollouts rollouts;
    private final Roles roles;
    private final ChangeLoops changes;
    private final Outbox outbox;
    private final EventIds ids;
    private final Clock clock;
    private final Map<String, Instant> decided = new ConcurrentHashMap<>();
    private volatile Set<String> watched = Set.of();

    RollOut(
            Loops loops,
            Versions versions,
            Rollouts rollouts,
            Roles roles,
            ChangeLoops changes,
            Outbox outbox,
            EventIds ids,
            Clock clock) {
        this.loops = loops;
        this.versions = versions;
        this.rollouts = rollouts;
        this.roles = roles;
        this.changes = changes;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What becomes of a version that has passed the other gates, in words. Part of the caller's transaction, which holds the loop's lock.
     */
    String begin(Loop loop, ModelVersion version, Attribution by) {
        RolloutSettings settings = loop.settings().rollout();
        Long champion = versions.roles(loop.name()).get(ModelRole.CHAMPION);
        end(loop.name(), RolloutState.SUPERSEDED, "version " + version.version() + " took its place", by);
        boolean direct =
                settings.mode() == RolloutMode.DIRECT || champion == null && settings.mode() != RolloutMode.MANUAL;
        if (direct) {
            roles.promote(loop.name(), version.version(), by);
            return "version " + version.version() + " is champion";
        }
        VersionRollout rollout = RolloutPlan.begin(loop, version, champion == null ? 0 : champion, now());
        rollouts.add(rollout);
        switch (settings.mode()) {
            case CANARY -> roles.assign(loop.name(), ModelRole.CHALLENGER, version.version(), by);
            case SHADOW -> roles.assign(loop.name(), ModelRole.SHADOW, version.version(), by);
            default -> {
                // A version that waits for a person has no role until then.
            }
        }
        share(rollout, by);
        String words = "version " + version.version() + " is rolled out as "
                + settings.mode().word() + (settings.mode() == RolloutMode.MANUAL ? " and waits for approval" : "");
        tell(rollout, TrainingEventType.ROLLOUT, words);
        watched = Set.copyOf(rollouts.loops());
        return words;
    }

    /** Whether a rollout of the loop goes on, as of the last look. */
    public boolean watches(String loop) {
        return watched.contains(loop);
    }

    /** Whether any rollout goes on, as of the last look. */
    public boolean watchesAny() {
        return !watched.isEmpty();
    }

    /** Looks in which loops a rollout goes on. */
    List<String> look() {
        List<String> all = rollouts.loops();
        watched = Set.copyOf(all);
        decided.keySet().retainAll(watched);
        return all;
    }

    /** Decides about a loop's rollout by what is known and the time, unless that was done just now. */
    @Transactional
    public void decideIfDue(String loop) {
        if (!isDue(loop, BETWEEN_QUIET_DECISIONS)) {
            return;
        }
        loops.lockIfThere(loop)
                .flatMap(there -> rollouts.active(loop))
                .filter(rollout -> rollout.state() == RolloutState.RUNNING)
                .ifPresent(rollout -> decide(rollout, LiveComparison.fromJson(rollout.comparison())));
    }

    /** Takes in feedback of one loop, each record once, and decides. */
    @Transactional
    public void take(String loopName, List<LiveFeedback> feedback) {
        Optional<Loop> loop = loops.lockIfThere(loopName);
        Optional<VersionRollout> active = loop.flatMap(there -> rollouts.active(loopName))
                .filter(rollout -> rollout.state() == RolloutState.RUNNING);
        if (active.isEmpty()) {
            return;
        }
        VersionRollout rollout = active.get();
        LiveComparison live = LiveComparison.fromJson(rollout.comparison());
        RewardReplay replay = RewardReplay.of(loop.get().settings());
        Map<Integer, Long> offsets = new TreeMap<>(rollout.offsets());
        int counted = 0;
        for (LiveFeedback one : feedback) {
            if (one.offset() >= offsets.getOrDefault(one.partition(), 0L)) {
                offsets.put(one.partition(), one.offset() + 1);
                counted += LiveOutcome.add(one.feedback(), rollout, replay, live) ? 1 : 0;
            }
        }
        if (counted > 0) {
            VersionRollout fed = rollout.with(live.toJson(), offsets, rollout.verdict());
            if (isDue(loopName, BETWEEN_DECISIONS)) {
                decide(fed, live);
            } else {
                rollouts.save(fed);
            }
        }
    }

    /** A decision costs tens of milliseconds, so that not every batch of feedback has one. */
    private boolean isDue(String loop, Duration between) {
        Instant last = decided.get(loop);
        return last == null || !now().isBefore(last.plus(between));
    }

    private void decide(VersionRollout rollout, LiveComparison live) {
        Instant now = now();
        decided.put(rollout.loop(), now);
        Canary.Decision decision =
                Canary.decide(rollout.plan(), live, rollout.step(), rollout.startedAt(), rollout.stepSince(), now);
        boolean promotes = decision.move() == Canary.Move.PROMOTE;
        GateVerdict verdict = RolloutPlan.verdict(rollout.plan(), live, rollout.step(), promotes, decision.reason());
        VersionRollout judged = rollout.with(rollout.comparison(), rollout.offsets(), verdict);
        switch (decision.move()) {
            case WAIT -> rollouts.save(judged);
            case STEP_UP -> stepUp(judged, decision.reason(), now);
            case PROMOTE -> promote(judged, Attribution.service(decision.reason()));
            case ROLL_BACK -> rollBack(judged, decision.reason(), Attribution.service(decision.reason()));
        }
    }

    private void stepUp(VersionRollout rollout, String reason, Instant now) {
        VersionRollout next = rollout.nextStep(now);
        rollouts.save(next);
        share(next, Attribution.service(reason));
        tell(next, TrainingEventType.ROLLOUT, "version " + next.version() + " goes up a step: " + reason);
    }

    private void promote(VersionRollout rollout, Attribution by) {
        close(rollout, RolloutState.PROMOTED, rollout.verdict(), by);
        roles.promote(rollout.loop(), rollout.version(), by);
    }

    private void rollBack(VersionRollout rollout, String reason, Attribution by) {
        GateVerdict verdict =
                new GateVerdict(Canary.NAME, false, reason, rollout.verdict().figures());
        close(rollout, RolloutState.ROLLED_BACK, verdict, by);
        tell(rollout, TrainingEventType.ROLLED_BACK, "version " + rollout.version() + " is taken back: " + reason);
    }

    /** Something is wrong with a version that is tried: it goes at once. Nothing happens to any other version. */
    @Transactional
    public Optional<VersionRollout> alarm(String loop, long version, String reason, Attribution by) {
        loops.lock(loop);
        Optional<VersionRollout> active = rollouts.active(loop).filter(rollout -> rollout.version() == version);
        active.ifPresent(rollout -> rollBack(rollout, "alarm: " + reason, by));
        return rollouts.ofVersion(loop, version);
    }

    /** Ends what goes on in favour of the champion. */
    @Transactional
    public VersionRollout stop(String loop, Attribution by) {
        loops.lock(loop);
        VersionRollout rollout = require(loop);
        rollBack(rollout, "taken back by " + by.who() + (by.why() == null ? "" : ": " + by.why()), by);
        return rollouts.ofVersion(loop, rollout.version()).orElseThrow();
    }

    /** A person's word that the version shall be champion, whatever is proven so far. */
    @Transactional
    public VersionRollout approve(String loop, Attribution by) {
        loops.lock(loop);
        VersionRollout rollout = require(loop);
        String reason = "approved by " + by.who() + (by.why() == null ? "" : ": " + by.why());
        GateVerdict verdict =
                new GateVerdict(Canary.NAME, true, reason, rollout.verdict().figures());
        promote(rollout.with(rollout.comparison(), rollout.offsets(), verdict), by);
        return rollouts.ofVersion(loop, rollout.version()).orElseThrow();
    }

    /** Makes a version champion by hand; what goes on ends. */
    @Transactional
    public ModelVersion promoteByHand(String loop, long version, Attribution by) {
        loops.lock(loop);
        end(loop, RolloutState.SUPERSEDED, "version " + version + " was made champion by " + by.who(), by);
        return roles.promote(loop, version, by);
    }

    /** Undoes the last promotion: the champion before becomes champion again, and what goes on ends. */
    @Transactional
    public ModelVersion undo(String loop, Attribution by) {
        loops.lock(loop);
        long before = Championship.before(versions.champions(loop))
                .orElseThrow(() -> RegistryException.conflict("must have had a champion before: loop=" + loop));
        end(loop, RolloutState.SUPERSEDED, "the promotion before was undone by " + by.who(), by);
        return roles.promote(loop, before, by);
    }

    private VersionRollout require(String loop) {
        return rollouts.active(loop)
                .orElseThrow(() -> RegistryException.conflict("must have a rollout that goes on: loop=" + loop));
    }

    /** Part of the caller's transaction; nothing happens if nothing goes on. */
    private void end(String loop, RolloutState state, String reason, Attribution by) {
        rollouts.active(loop).ifPresent(rollout -> {
            GateVerdict verdict = new GateVerdict(
                    Canary.NAME, false, reason, rollout.verdict().figures());
            close(rollout, state, verdict, by);
        });
    }

    private void close(VersionRollout rollout, RolloutState state, GateVerdict verdict, Attribution by) {
        rollouts.save(rollout.ended(state, verdict, now()));
        Map<ModelRole, Long> held = versions.roles(rollout.loop());
        for (ModelRole role : List.of(ModelRole.CHALLENGER, ModelRole.SHADOW)) {
            if (Long.valueOf(rollout.version()).equals(held.get(role))) {
                roles.vacate(rollout.loop(), role, by);
            }
        }
        changes.setCanary(loops.lock(rollout.loop()), null, by);
    }

    private void share(VersionRollout rollout, Attribution by) {
        io.leeway.contracts.Canary canary = rollout.mode() == RolloutMode.CANARY
                ? new io.leeway.contracts.Canary(
                        rollout.version(), rollout.plan().share(rollout.step()), rollout.stepSince())
                : null;
        changes.setCanary(loops.lock(rollout.loop()), canary, by);
    }

    private void tell(VersionRollout rollout, TrainingEventType type, String message) {
        Map<String, Object> figures = new LinkedHashMap<>(rollout.verdict().figures());
        outbox.add(OutboxEvent.training(new TrainingEvent(
                ids.next(), rollout.loop(), null, clock.instant(), type, rollout.version(), figures, message, null)));
    }

    /** As exact as PostgreSQL keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
