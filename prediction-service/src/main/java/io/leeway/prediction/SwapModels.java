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
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** Takes up published models while decisions go on; a model that fails its checks leaves the old one serving. Thread safe. */
@Singleton
public class SwapModels {
    private static final Logger LOG = Logger.getLogger(SwapModels.class);

    private static final long REST_NANOS = 1_000_000;

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
            ServingModel model = AdmitModel.admit(published, loop, budget(loop), clock.instant(), this::rest);
            models.put(published.loop(), isTried(published.role()) ? watched(model, published, budget(loop)) : model);
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

    /** Nobody waits for a model, and decisions on the same processors go first: milliseconds of work in one piece would hold them up. */
    private void rest() {
        if (models.areAsked()) {
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    private static boolean isTried(ModelRole role) {
        return role == ModelRole.CHALLENGER || role == ModelRole.SHADOW;
    }

    private ServingModel watched(ServingModel model, PublishedModel published, Duration budget) {
        return model.withScorer(
                WatchedScorer.of(model.scorer(), budget, reason -> alarm(published, reason), System::nanoTime));
    }

    /** Stops trying the version here at once, and tells training-service, which takes it back everywhere. */
    private void alarm(PublishedModel published, String reason) {
        models.remove(published.loop(), published.role(), published.version());
        meters.counter("leeway.models.alarms", tags(published.loop(), published.role()))
                .increment();
        LOG.errorf(
                "loop %s: version %d is not tried as %s any more: %s",
                published.loop(), published.version(), published.role().word(), reason);
        tell(published, "alarm-", TrainingEventType.ALARM, reason);
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
        tell(published, "refused-", TrainingEventType.REFUSED, reason);
    }

    private void tell(PublishedModel published, String prefix, TrainingEventType type, String reason) {
        TrainingEvent event = new TrainingEvent(
                prefix + published.id(),
                published.loop(),
                null,
                clock.instant(),
                type,
                published.version() < 1 ? null : published.version(),
                Map.of("role", published.role().word(), "sizeBytes", published.sizeBytes()),
                reason,
                null);
        log.append(event).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warnf("what is wrong with version %d could not be published: %s", published.version(), failure);
            }
        });
    }

    private static String[] tags(String loop, ModelRole role) {
        return new String[] {"loop", loop, "role", role.word()};
    }
}
