package io.leeway.training;

import io.leeway.contracts.Canary;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Freeze;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.ModelRole;
import io.leeway.kit.EventIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Makes, changes, freezes and deletes loops: registry, audit log and outbox in one transaction. Thread safe. */
@ApplicationScoped
public class ChangeLoops {
    private static final int SALT_BYTES = 16;

    private final Loops loops;
    private final Roles roles;
    private final FeedbackLog feedback;
    private final AuditLog audit;
    private final Outbox outbox;
    private final EventIds ids;
    private final Clock clock;
    private final RandomGenerator random;

    ChangeLoops(
            Loops loops,
            Roles roles,
            FeedbackLog feedback,
            AuditLog audit,
            Outbox outbox,
            EventIds ids,
            Clock clock,
            RandomGenerator random) {
        this.loops = loops;
        this.roles = roles;
        this.feedback = feedback;
        this.audit = audit;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
        this.random = random;
    }

    /** A loop as it is after a call, and whether the call made it. */
    public record Change(Loop loop, boolean created) {}

    /** Makes the loop, or gives it these settings; settings that it has already change nothing. */
    @Transactional
    public Change put(String name, LoopSettings settings, Attribution by) {
        requireServed(settings.kind());
        Loop before = loops.lockIfThere(name).orElse(null);
        if (before == null) {
            return new Change(create(name, settings, by), true);
        }
        if (before.kind() != settings.kind()) {
            throw RegistryException.conflict("must stay " + word(before.kind()) + ": kind=" + word(settings.kind()));
        }
        if (before.settings().equals(settings)) {
            return new Change(before, false);
        }
        return new Change(change(before, settings, before.freeze(), before.canary(), "changed settings", by), false);
    }

    /** Holds a loop still: one action, or one version, until it is unfrozen. */
    @Transactional
    public Loop freeze(String name, Freeze freeze, Attribution by) {
        Loop before = loops.lock(name);
        Long version = freeze.modelVersion();
        if (version != null && version > 0) {
            roles.assign(name, ModelRole.PINNED, version, by);
        } else {
            roles.vacate(name, ModelRole.PINNED, by);
        }
        Instant since = freeze.since() == null ? now() : freeze.since();
        Freeze whole = new Freeze(freeze.action(), version, freeze.reason(), since);
        String what = version == null ? "froze at action " + freeze.action() : "froze at version " + version;
        return change(before, before.settings(), whole, before.canary(), what, by);
    }

    /** Lets a loop go on; one that is not frozen stays as it is. */
    @Transactional
    public Loop unfreeze(String name, Attribution by) {
        Loop before = loops.lock(name);
        if (before.freeze() == null) {
            return before;
        }
        roles.vacate(name, ModelRole.PINNED, by);
        return change(before, before.settings(), null, before.canary(), "unfroze", by);
    }

    /** Deletes a loop with its versions and jobs. Predictors drop it; its decisions and feedback stay in the log. */
    @Transactional
    public void delete(String name, Attribution by) {
        loops.lock(name);
        Map<Integer, Long> ends = feedback.endOffsets();
        roles.vacateAll(name, by);
        loops.delete(name, ends, now());
        outbox.add(OutboxEvent.loopDeleted(ids.next(), name));
        audit.add(name, "deleted the loop", by);
    }

    private Loop create(String name, LoopSettings settings, Attribution by) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Instant now = now();
        Loop loop = new Loop(name, 1, HexFormat.of().formatHex(salt), settings, null, now, now, null);
        loops.create(loop);
        outbox.add(OutboxEvent.loop(ids.next(), loop));
        audit.add(name, "made the loop", by);
        return loop;
    }

    /**
     * Gives the challenger of a rollout its share, or none for null. Part of the caller's transaction, which holds the loop's lock.
     */
    Loop setCanary(Loop before, Canary canary, Attribution by) {
        if (Objects.equals(before.canary(), canary)) {
            return before;
        }
        String what = canary == null
                ? "ended the canary"
                : "gave version " + canary.modelVersion() + " a share of " + canary.share();
        return change(before, before.settings(), before.freeze(), canary, what, by);
    }

    private Loop change(Loop before, LoopSettings settings, Freeze freeze, Canary canary, String what, Attribution by) {
        Loop after = new Loop(
                before.name(),
                before.revision() + 1,
                before.salt(),
                settings,
                freeze,
                canary,
                before.createdAt(),
                now(),
                before.other());
        loops.update(after);
        outbox.add(OutboxEvent.loop(ids.next(), after));
        audit.add(after.name(), what + ", revision " + after.revision(), by);
        return after;
    }

    /** As exact as PostgreSQL keeps it, so that what is told and what is kept are the same. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static void requireServed(LoopKind kind) {
        if (kind == LoopKind.MDP) {
            throw new ContractViolation("kind", "must be bandit or regression, mdp is not served yet", word(kind));
        }
    }

    private static String word(LoopKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
