package io.leeway.training;

import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.kit.EventIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Puts the present state of a loop or a role into the outbox, under the loop's lock, so that nothing newer is told before it. Thread safe. */
@ApplicationScoped
class TellAgain {
    private final Loops loops;
    private final Versions versions;
    private final Checkpoints checkpoints;
    private final Outbox outbox;
    private final EventIds ids;

    TellAgain(Loops loops, Versions versions, Checkpoints checkpoints, Outbox outbox, EventIds ids) {
        this.loops = loops;
        this.versions = versions;
        this.checkpoints = checkpoints;
        this.outbox = outbox;
        this.ids = ids;
    }

    /** Whether there still is such a loop. */
    @Transactional
    boolean loop(String name) {
        Optional<Loop> loop = loops.lockIfThere(name);
        loop.ifPresent(there -> outbox.add(OutboxEvent.loop(ids.next(), there)));
        return loop.isPresent();
    }

    /**
     * Whether the role is held by another version than is published, which is published then.
     *
     * @param published null if nothing is
     */
    @Transactional
    boolean model(String loop, ModelRole role, PublishedTopics.Model published) {
        if (loops.lockIfThere(loop).isEmpty()) {
            return false;
        }
        Long number = versions.roles(loop).get(role);
        if (number == null) {
            return false;
        }
        ModelVersion version =
                versions.find(loop, number).orElseThrow(() -> RegistryException.unknownVersion(loop, number));
        if (published != null
                && published.version() == number
                && (published.checkpoint() || version.sha256().equals(published.sha256()))) {
            return false;
        }
        Optional<OutboxEvent> checkpoint = role == ModelRole.CHAMPION ? checkpoint(loop, number) : Optional.empty();
        if (checkpoint.isPresent()) {
            outbox.add(checkpoint.get());
            return true;
        }
        byte[] artifact = versions.artifact(loop, number).orElseThrow(() -> RegistryException.expired(loop, number));
        outbox.add(OutboxEvent.model(ids.next(), loop, role, number, version.sha256(), artifact));
        return true;
    }

    /** What the champion's continuous learner published last, where that served. */
    private Optional<OutboxEvent> checkpoint(String loop, long version) {
        return checkpoints.serving(loop, version).flatMap(last -> checkpoints
                .artifact(loop, version, last.feedbacks())
                .map(artifact -> OutboxEvent.checkpoint(ids.next(), last, artifact)));
    }

    @Transactional
    boolean vacatedIfSo(String loop, ModelRole role) {
        boolean vacant =
                loops.lockIfThere(loop).isEmpty() || !versions.roles(loop).containsKey(role);
        if (vacant) {
            outbox.add(OutboxEvent.roleVacated(ids.next(), loop, role));
        }
        return vacant;
    }

    @Transactional
    boolean deletedIfSo(String loop) {
        boolean gone = loops.lockIfThere(loop).isEmpty();
        if (gone) {
            outbox.add(OutboxEvent.loopDeleted(ids.next(), loop));
        }
        return gone;
    }

    /** Numbers up to this one were given, though a registry that came from an older backup may not know it. */
    @Transactional
    void reserve(String loop, long version) {
        versions.reserve(loop, version);
    }
}
