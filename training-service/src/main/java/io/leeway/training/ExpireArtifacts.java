package io.leeway.training;

import io.leeway.contracts.Loop;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes artifacts that nothing names any more. Versions stay for ever with their metrics, gates and lineage: only the bytes go.
 *
 * <p>What decisions name is known from the history of roles: predictors answer with nothing but versions that have a role, so a version
 * that never had one is in no decision, and one that lost its last role is in none that was made later than that (and the time that a
 * predictor may have been cut off). It stays until the loop's {@code log.retention} has let go of those, and for ever in loops that
 * set none. Thread safe.
 */
@ApplicationScoped
public class ExpireArtifacts {
    private final Loops loops;
    private final Versions versions;
    private final Rollouts rollouts;
    private final RoleHistory history;
    private final AuditLog audit;
    private final TrainingConfig.RetentionConfig config;
    private final Clock clock;

    ExpireArtifacts(
            Loops loops,
            Versions versions,
            Rollouts rollouts,
            RoleHistory history,
            AuditLog audit,
            TrainingConfig config,
            Clock clock) {
        this.loops = loops;
        this.versions = versions;
        this.rollouts = rollouts;
        this.history = history;
        this.audit = audit;
        this.config = config.retention();
        this.clock = clock;
    }

    /** @return the versions of the loop whose artifacts went */
    @Transactional
    public List<Long> expire(String name) {
        if (config.age().isEmpty()) {
            return List.of();
        }
        Loop loop = loops.lockIfThere(name).orElse(null);
        if (loop == null) {
            return List.of();
        }
        Instant now = clock.instant();
        Set<Long> named = named(loop, now);
        List<Long> expired = new ArrayList<>();
        List<Long> all = versions.withArtifacts(name, now);
        Set<Long> newest = new HashSet<>(all.subList(0, Math.min(config.keep(), all.size())));
        for (long version : versions.withArtifacts(name, now.minus(config.age().get()))) {
            if (!newest.contains(version) && !named.contains(version)) {
                versions.expire(name, version);
                audit.add(
                        name,
                        "took the artifact of version " + version,
                        Attribution.service("older than " + config.age().get() + ", and nothing names it"));
                expired.add(version);
            }
        }
        return expired;
    }

    /** Versions that a role, a rollout, an undo or a decision that is still kept may name. */
    private Set<Long> named(Loop loop, Instant now) {
        Set<Long> named = new HashSet<>(versions.roles(loop.name()).values());
        rollouts.active(loop.name()).ifPresent(rollout -> {
            named.add(rollout.version());
            named.add(rollout.champion());
        });
        Championship.before(versions.champions(loop.name())).ifPresent(named::add);
        Duration kept = loop.settings().log().retention();
        for (Map.Entry<Long, Instant> held : history.lastHeld(loop.name()).entrySet()) {
            if (kept == null
                    || now.isBefore(held.getValue().plus(config.cutOff()).plus(kept))) {
                named.add(held.getKey());
            }
        }
        return named;
    }
}
