package io.leeway.training;

import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.contracts.rest.Checkpoint;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.kit.EventIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps checkpoints and tells predictors, or takes them back, in one transaction. Thread safe. */
@ApplicationScoped
class PublishCheckpoint implements Publication {
    private final Loops loops;
    private final Versions versions;
    private final Checkpoints checkpoints;
    private final Outbox outbox;
    private final TrainingConfig config;
    private final EventIds ids;
    private final Clock clock;

    PublishCheckpoint(
            Loops loops,
            Versions versions,
            Checkpoints checkpoints,
            Outbox outbox,
            TrainingConfig config,
            EventIds ids,
            Clock clock) {
        this.loops = loops;
        this.versions = versions;
        this.checkpoints = checkpoints;
        this.outbox = outbox;
        this.config = config;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    @Transactional
    public boolean publish(Checkpoint checkpoint, byte[] artifact) {
        Optional<Loop> loop = lockIfChampion(checkpoint.loop(), checkpoint.modelVersion());
        if (loop.isEmpty()) {
            return false;
        }
        checkpoints.add(checkpoint, artifact);
        checkpoints.prune(
                checkpoint.loop(),
                clock.instant().minus(loop.get().settings().training().checkpointsKept()),
                config.continuous().mostBytes().asLongValue());
        outbox.add(OutboxEvent.checkpoint(ids.next(), checkpoint, artifact));
        Map<String, Object> figures = new LinkedHashMap<>(checkpoint.figures());
        figures.put("checkpoint", checkpoint.name());
        figures.put("sizeBytes", checkpoint.sizeBytes());
        tell(
                checkpoint.loop(),
                TrainingEventType.CHECKPOINT,
                checkpoint.modelVersion(),
                figures,
                "checkpoint " + checkpoint.name() + " after " + (checkpoint.feedbacks() - checkpoint.since())
                        + " more feedbacks");
        return true;
    }

    @Override
    @Transactional
    public boolean revert(String loop, long version, Map<String, Object> figures, String why) {
        if (lockIfChampion(loop, version).isEmpty()) {
            return false;
        }
        checkpoints.takeBack(loop, version);
        ModelVersion champion = versions.find(loop, version).orElseThrow();
        byte[] artifact = versions.artifact(loop, version).orElseThrow();
        outbox.add(OutboxEvent.model(ids.next(), loop, ModelRole.CHAMPION, version, champion.sha256(), artifact));
        tell(loop, TrainingEventType.REVERTED, version, figures, why);
        return true;
    }

    private Optional<Loop> lockIfChampion(String name, long version) {
        return loops.lockIfThere(name).filter(loop -> Long.valueOf(version)
                .equals(versions.roles(name).get(ModelRole.CHAMPION)));
    }

    private void tell(String loop, TrainingEventType type, long version, Map<String, Object> figures, String message) {
        outbox.add(OutboxEvent.training(
                new TrainingEvent(ids.next(), loop, null, clock.instant(), type, version, figures, message, null)));
    }
}
