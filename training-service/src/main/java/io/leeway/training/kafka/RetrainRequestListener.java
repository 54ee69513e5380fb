package io.leeway.training.kafka;

import io.leeway.contracts.EventType;
import io.leeway.contracts.RetrainRequest;
import io.leeway.kit.UnknownLoopException;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.DeadLetters;
import io.leeway.kit.kafka.EventReader;
import io.leeway.training.RequestTraining;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Puts retrain requests into the queue; the same request twice makes one job. */
@ApplicationScoped
public class RetrainRequestListener {
    private static final Logger LOG = Logger.getLogger(RetrainRequestListener.class);

    private final RequestTraining training;
    private final DeadLetters deadLetters;

    RetrainRequestListener(RequestTraining training, DeadLetters deadLetters) {
        this.training = training;
        this.deadLetters = deadLetters;
    }

    @Incoming("retrain-requests")
    @Blocking
    void listen(ConsumerRecord<String, byte[]> record) {
        Retrying.untilDone("retrain request", () -> handle(record));
    }

    private void handle(ConsumerRecord<String, byte[]> record) {
        try {
            EventReader.type(record.headers(), EventType.RETRAIN_REQUEST);
            RetrainRequest request = EventReader.read(record.value(), RetrainRequest.class);
            String outcome =
                    training.request(request).map(job -> "job " + job.jobId()).orElse("declined");
            LOG.infof("retrain request %s of loop %s: %s", request.requestId(), request.loop(), outcome);
        } catch (UnusableEventException | UnknownLoopException e) {
            deadLetters.send(record, e.getMessage()).join();
        }
    }
}
