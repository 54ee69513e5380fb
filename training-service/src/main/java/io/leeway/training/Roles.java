package io.leeway.training;

import io.leeway.contracts.ModelRole;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.kit.EventIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;

/** Gives roles to versions and takes them away, and tells predictors, in one transaction. Thread safe. */
@ApplicationScoped
public class Roles {
    private final Loops loops;
    private final Versions versions;
    private final AuditLog audit;
    private final Outbox outbox;
    private final EventIds ids;
    private final Clock clock;

    Roles(Loops loops, Versions versions, AuditLog audit, Outbox outbox, EventIds ids, Clock clock) {
        this.loops = loops;
        this.versions = versions;
        this.audit = audit;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Makes a version champion by hand or by its gates. A version older than the champion is a rollback; the present champion
     * changes nothing.
     */
    @Transactional
    public ModelVersion promote(String loop, long version, Attribution by) {
        loops.lock(loop);
        Long champion = versions.roles(loop).get(ModelRole.CHAMPION);
        if (champion == null || champion != version) {
            ModelVersion promoted = assign(loop, ModelRole.CHAMPION, version, by);
            if (Long.valueOf(version).equals(versions.roles(loop).get(ModelRole.CHALLENGER))) {
                vacate(loop, ModelRole.CHALLENGER, by);
            }
            boolean back = champion != null && version < champion;
            TrainingEventType type = back ? TrainingEventType.ROLLED_BACK : TrainingEventType.PROMOTED;
            String message = "version " + version + " is champion" + (champion == null ? "" : " after " + champion)
                    + (by.why() == null ? "" : ": " + by.why());
            outbox.add(OutboxEvent.training(new TrainingEvent(
                    ids.next(), loop, promoted.jobId(), clock.instant(), type, version, null, message, null)));
        }
        return versions.find(loop, version).orElseThrow(() -> RegistryException.unknownVersion(loop, version));
    }

    /** Makes a version challenger or shadow; whoever was is not any more. The one that has the role already changes nothing. */
    @Transactional
    public ModelVersion give(String loop, ModelRole role, long version, Attribution by) {
        loops.lock(loop);
        Long holder = versions.roles(loop).get(role);
        if (holder == null || holder != version) {
            assign(loop, role, version, by);
        }
        return versions.find(loop, version).orElseThrow(() -> RegistryException.unknownVersion(loop, version));
    }

    /** Leaves the role of challenger or shadow vacant. */
    @Transactional
    public void take(String loop, ModelRole role, Attribution by) {
        loops.lock(loop);
        vacate(loop, role, by);
    }

    /** Part of the caller's transaction, which holds the loop's lock. */
    ModelVersion assign(String loop, ModelRole role, long version, Attribution by) {
        ModelVersion found =
                versions.find(loop, version).orElseThrow(() -> RegistryException.unknownVersion(loop, version));
        byte[] artifact = versions.artifact(loop, version).orElseThrow(() -> RegistryException.expired(loop, version));
        VerifyArtifact.require(loops.lock(loop), found, artifact);
        versions.assign(loop, role, version, by);
        outbox.add(OutboxEvent.model(ids.next(), loop, role, version, found.sha256(), artifact));
        audit.add(loop, "made version " + version + " " + role.word(), by);
        return found;
    }

    /** Part of the caller's transaction, which holds the loop's lock; nothing happens if nobody holds the role. */
    void vacate(String loop, ModelRole role, Attribution by) {
        Long version = versions.roles(loop).get(role);
        if (version != null) {
            versions.assign(loop, role, null, by);
            outbox.add(OutboxEvent.roleVacated(ids.next(), loop, role));
            audit.add(loop, "took " + role.word() + " from version " + version, by);
        }
    }

    void vacateAll(String loop, Attribution by) {
        Map<ModelRole, Long> held = versions.roles(loop);
        held.keySet().forEach(role -> vacate(loop, role, by));
    }
}
