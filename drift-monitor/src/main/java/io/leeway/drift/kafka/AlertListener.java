package io.leeway.drift.kafka;

import io.leeway.contracts.Drift;
import io.leeway.contracts.EventType;
import io.leeway.drift.Alerts;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.EventReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Reads the drift topic for those who want to be told. The instances share the work, and an event counts as read when it has been
 * told or given up; so it is told at least once, and none waits for another one's receiver.
 */
@ApplicationScoped
public class AlertListener {
    private static final Logger LOG = Logger.getLogger(AlertListener.class);

    private final Alerts alerts;

    AlertListener(Alerts alerts) {
        this.alerts = alerts;
    }

    @Incoming("alerts")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> listen(Message<ConsumerRecord<String, byte[]>> message) {
        ConsumerRecord<String, byte[]> record = message.getPayload();
        try {
            EventReader.type(record.headers(), EventType.DRIFT);
            alerts.tell(EventReader.read(record.value(), Drift.class)).thenCompose(told -> message.ack());
        } catch (UnusableEventException e) {
            LOG.warnf("drift event left aside: offset=%d: %s", record.offset(), e.getMessage());
            return message.ack();
        }
        return CompletableFuture.completedFuture(null);
    }
}
