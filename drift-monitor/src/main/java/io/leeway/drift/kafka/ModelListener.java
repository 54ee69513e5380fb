package io.leeway.drift.kafka;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.EventType;
import io.leeway.contracts.ModelRole;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.InvalidArtifactException;
import io.leeway.core.model.Scorers;
import io.leeway.drift.ServingModel;
import io.leeway.drift.ServingModels;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.CatchUp;
import io.leeway.kit.kafka.EventReader;
import io.leeway.kit.kafka.ModelRecord;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads the models topic for version and profile of what serves. A model that cannot be used leaves the old one, as in the
 * predictors, who send it to the dead letters.
 */
@ApplicationScoped
@Readiness
public class ModelListener implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(ModelListener.class);
    private static final String CHANNEL = "models";

    private final ServingModels models;
    private final CatchUp catchUp;

    ModelListener(ServingModels models, KafkaClientService clients, Clock clock) {
        this.models = models;
        this.catchUp = new CatchUp(CHANNEL, clients, clock);
    }

    @Incoming(CHANNEL)
    @Blocking
    void listen(ConsumerRecord<String, byte[]> record) {
        try {
            apply(record);
        } catch (UnusableEventException | ContractViolation | InvalidArtifactException e) {
            LOG.warnf("model left aside: key=%s offset=%d: %s", record.key(), record.offset(), e.getMessage());
        }
        catchUp.handled(record);
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        ModelRecord published = ModelRecord.of(record);
        String loop = published.loop();
        ModelRole role = published.role();
        if (record.value() == null) {
            models.remove(loop, role);
            LOG.infof("loop %s has no %s any more", loop, role.word());
            return;
        }
        EventReader.type(record.headers(), EventType.MODEL);
        if (published.checkpoint() != null && models.holds(loop, role, published.version())) {
            return; // What its continuous learner has learned since: the reference is the version's own.
        }
        Artifact artifact = Artifact.read(record.value());
        ServingModel model = new ServingModel(
                published.version(),
                Artifact.sha256(record.value()),
                artifact.description().profile(),
                Scorers.of(artifact));
        models.put(loop, role, model);
        LOG.infof(
                "loop %s: model version %d is %s; its profile has %d inputs over %d rows",
                loop,
                model.version(),
                role.word(),
                model.profile().inputs().size(),
                model.profile().rows());
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("models topic has been read")
                .status(catchUp.done())
                .build();
    }
}
