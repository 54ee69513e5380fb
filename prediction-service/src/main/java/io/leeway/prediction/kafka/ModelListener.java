package io.leeway.prediction.kafka;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.CatchUp;
import io.leeway.kit.kafka.DeadLetters;
import io.leeway.kit.kafka.EventReader;
import io.leeway.kit.kafka.ModelRecord;
import io.leeway.prediction.PublishedModel;
import io.leeway.prediction.SwapModels;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads the models topic. Not ready until it has been read to the end, so that no instance answers without its models. */
@ApplicationScoped
@Readiness
public class ModelListener implements HealthCheck {
    private static final String CHANNEL = "models";

    private final SwapModels swap;
    private final DeadLetters deadLetters;
    private final LoopsRead loops;
    private final CatchUp catchUp;

    ModelListener(SwapModels swap, LoopsRead loops, DeadLetters deadLetters, KafkaClientService clients, Clock clock) {
        this.swap = swap;
        this.loops = loops;
        this.deadLetters = deadLetters;
        this.catchUp = new CatchUp(CHANNEL, clients, clock);
    }

    @Incoming(CHANNEL)
    @Blocking
    void listen(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        catchUp.begun();
        // A loop's kind and time budget decide whether a model may serve it.
        loops.await();
        try {
            apply(record);
        } catch (UnusableEventException | ContractViolation e) {
            Retrying.untilDone(() -> deadLetters.send(record, e.getMessage()));
        }
        catchUp.handled(record);
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        ModelRecord model = ModelRecord.of(record);
        if (record.value() == null) {
            swap.vacate(model.loop(), model.role());
            return;
        }
        EventReader.type(record.headers(), EventType.MODEL);
        requireSame(model, Headers.MODEL_LOOP, model.loop());
        requireSame(model, Headers.MODEL_ROLE, model.role().word());
        swap.take(new PublishedModel(
                record.topic() + "-" + record.partition() + "-" + record.offset(),
                model.loop(),
                model.role(),
                model.version(),
                model.checkpoint(),
                model.header(Headers.MODEL_SHA256),
                record.value()));
    }

    private static void requireSame(ModelRecord model, String name, String ofKey) {
        String found = model.header(name);
        if (!found.equals(ofKey)) {
            throw new UnusableEventException("must be " + ofKey + " as in the key: " + name + "=" + found);
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("models topic has been read")
                .status(catchUp.done())
                .build();
    }
}
