package io.leeway.training.kafka;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Json;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.kit.UnknownLoopException;
import io.leeway.training.Attribution;
import io.leeway.training.RollOut;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Hears when a predictor could not use a version, or saw it fail or take too long: a version that is tried goes at once. */
@ApplicationScoped
public class AlarmListener {
    private static final Logger LOG = Logger.getLogger(AlarmListener.class);

    private final RollOut rollOut;

    AlarmListener(RollOut rollOut) {
        this.rollOut = rollOut;
    }

    @Incoming("alarms")
    @Blocking
    void listen(ConsumerRecord<String, byte[]> record) {
        TrainingEvent event;
        try {
            event = Json.read(record.value(), TrainingEvent.class);
        } catch (UnreadableJsonException | ContractViolation e) {
            LOG.debugf("a training event cannot be read: %s", e.getMessage());
            return;
        }
        boolean alarm = event.type() == TrainingEventType.ALARM || event.type() == TrainingEventType.REFUSED;
        if (alarm && event.modelVersion() != null) {
            Retrying.untilDone("taking back a version", () -> alarm(event));
        }
    }

    private void alarm(TrainingEvent event) {
        try {
            rollOut.alarm(
                    event.loop(),
                    event.modelVersion(),
                    event.message(),
                    new Attribution("prediction-service", event.message()));
        } catch (UnknownLoopException e) {
            LOG.infof("an alarm of a loop that is gone: %s", event.loop());
        }
    }
}
