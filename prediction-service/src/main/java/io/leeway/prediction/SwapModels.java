package io.leeway.prediction;

import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.kit.LoopDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Takes up published models while decisions go on; a model that fails its checks leaves the old one serving. Thread safe. */
@Singleton
public class SwapModels {
    private static final Logger LOG = Logger.getLogger(SwapModels.class);

    private final ServingModels models;
    private final LoopDirectory loops;
    private final EventLog log;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Duration timeBudget;

    public SwapModels(
            ServingModels models,
            LoopDirectory loops,
            EventLog log,
            Clock clock,
            MeterRegistry meters,
            PredictionConfig config) {
        this.models = models;
        this.loops = loops;
        this.log = log;
        this.clock = clock;
        this.meters = meters;
        this.timeBudget = config.modelTimeBudget();
    }

    /** Serves the model, or tells why not. */
    public void take(PublishedModel published) {
        Optional<Loop> loop = loops.find(published.loop());
        try {
            models.put(published.loop(), AdmitModel.admit(published, loop, budget(loop), clock.instant()));
        } catch (ModelRefusedException e) {
            refuse(published, e.getMessage());
            return;
        }
        meters.counter("leeway.models.swapped", tags(published.loop(), published.role()))
                .increment();
        LOG.infof(
                "loop %s: version %d is %s now (%d bytes, sha256 %s)",
                published.loop(),
                published.version(),
                published.role().word(),
                published.sizeBytes(),
                published.sha256());
    }

    private Duration budget(Optional<Loop> loop) {
        return loop.map(known -> known.settings().serving().timeBudget()).orElse(timeBudget);
    }

    /** Leaves a role vacant. */
    public void vacate(String loop, ModelRole role) {
        models.remove(loop, role);
        LOG.infof("loop %s: there is no %s now", loop, role.word());
    }

    private void refuse(PublishedModel published, String reason) {
        meters.counter("leeway.models.refused", tags(published.loop(), published.role()))
                .increment();
        LOG.errorf(
                "loop %s: version %d was refused as %s, what served before goes on: %s",
                published.loop(), published.version(), published.role().word(), reason);
        TrainingEvent event = new TrainingEvent(
                "refused-" + published.id(),
                published.loop(),
                null,
                clock.instant(),
                TrainingEventType.REFUSED,
                published.version() < 1 ? null : published.version(),
                Map.of("role", published.role().word(), "sizeBytes", published.sizeBytes()),
                reason,
                null);
        log.append(event).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warnf("the refusal of version %d could not be published: %s", published.version(), failure);
            }
        });
    }

    private static String[] tags(String loop, ModelRole role) {
        return new String[] {"loop", loop, "role", role.word()};
    }
}
