package io.leeway.prediction.kafka;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import io.leeway.contracts.ModelRole;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.CatchUp;
import io.leeway.kit.kafka.DeadLetters;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.kit.kafka.EventReader;
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
    private final CatchUp catchUp;

    ModelListener(SwapModels swap, DeadLetters deadLetters, KafkaClientService clients, Clock clock) {
        this.swap = swap;
        this.deadLetters = deadLetters;
        this.catchUp = new CatchUp(CHANNEL, clients, clock);
    }

    @Incoming(CHANNEL)
    @Blocking
    void listen(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        try {
            apply(record);
        } catch (UnusableEventException | ContractViolation e) {
            Retrying.untilDone(() -> deadLetters.send(record, e.getMessage()));
        }
        catchUp.handled(record);
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        String key = record.key() == null ? "" : record.key();
        int slash = key.lastIndexOf('/');
        if (slash < 1) {
            throw new UnusableEventException("must be loop/role: key=" + record.key());
        }
        String loop = key.substring(0, slash);
        ModelRole role = ModelRole.of(key.substring(slash + 1));
        if (record.value() == null) {
            swap.vacate(loop, role);
            return;
        }
        EventReader.type(record.headers(), EventType.MODEL);
        requireSame(record, Headers.MODEL_LOOP, loop);
        requireSame(record, Headers.MODEL_ROLE, role.word());
        swap.take(new PublishedModel(
                record.topic() + "-" + record.partition() + "-" + record.offset(),
                loop,
                role,
                version(record),
                header(record, Headers.MODEL_SHA256),
                record.value()));
    }

    private static void requireSame(ConsumerRecord<?, ?> record, String name, String ofKey) {
        String found = header(record, name);
        if (!found.equals(ofKey)) {
            throw new UnusableEventException("must be " + ofKey + " as in the key: " + name + "=" + found);
        }
    }

    private static long version(ConsumerRecord<?, ?> record) {
        String text = header(record, Headers.MODEL_VERSION);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UnusableEventException("must be a whole number: " + Headers.MODEL_VERSION + "=" + text, e);
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return EventHeaders.text(record.headers(), name)
                .orElseThrow(() -> new UnusableEventException("must be given as a header: " + name));
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("models topic has been read")
                .status(catchUp.done())
                .build();
    }
}
