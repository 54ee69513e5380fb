package io.leeway.drift.kafka;

import io.leeway.contracts.Loop;
import io.leeway.drift.ServingModel;
import io.leeway.drift.ServingModels;
import io.leeway.drift.Surroundings;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.kafka.LoopListener;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/** Loops and models as the compacted topics say. Thread safe. */
@Singleton
class KnownSurroundings implements Surroundings {
    private static final int TRIES = 600;

    private final LoopDirectory loops;
    private final ServingModels models;
    private final LoopListener loopListener;
    private final ModelListener modelListener;
    private volatile boolean read;

    KnownSurroundings(
            LoopDirectory loops,
            ServingModels models,
            @Readiness LoopListener loopListener,
            @Readiness ModelListener modelListener) {
        this.loops = loops;
        this.models = models;
        this.loopListener = loopListener;
        this.modelListener = modelListener;
    }

    @Override
    public void await() {
        for (int tries = 0; !read; tries++) {
            if (isUp(loopListener) && isUp(modelListener)) {
                read = true;
                return;
            }
            if (tries == TRIES) {
                throw new IllegalStateException("must have been read within a minute: topics of loops and models");
            }
            pause();
        }
    }

    private static boolean isUp(HealthCheck check) {
        return check.call().getStatus() == Status.UP;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for loops and models", e);
        }
    }

    @Override
    public Optional<Loop> loop(String name) {
        return loops.find(name);
    }

    @Override
    public ServingModel serving(Loop loop) {
        return models.serving(loop);
    }
}
