package io.leeway.feedback.kafka;

import io.leeway.contracts.EventType;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.feedback.Datasets;
import io.leeway.feedback.KeepHouse;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.CatchUp;
import io.leeway.kit.kafka.DeadLetters;
import io.leeway.kit.kafka.EventReader;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears of registered model versions what they were trained on. */
@ApplicationScoped
class DatasetListener implements KeepHouse.DatasetsRead {
    private static final String CHANNEL = "training-events";

    private final Datasets datasets;
    private final LandingLoop loop;
    private final DeadLetters deadLetters;
    private final CatchUp catchUp;

    DatasetListener(
            Datasets datasets, LandingLoop loop, DeadLetters deadLetters, KafkaClientService clients, Clock clock) {
        this.datasets = datasets;
        this.loop = loop;
        this.deadLetters = deadLetters;
        this.catchUp = new CatchUp(CHANNEL, clients, clock);
    }

    @Incoming(CHANNEL)
    @Blocking
    void listen(ConsumerRecord<String, byte[]> record) {
        try {
            EventReader.type(record.headers(), EventType.TRAINING_EVENT);
            TrainingEvent event = EventReader.read(record.value(), TrainingEvent.class);
            if (event.type() == TrainingEventType.REGISTERED && event.modelVersion() != null) {
                loop.land("a data set", () -> {
                    note(event);
                    return List.of();
                });
            }
        } catch (UnusableEventException e) {
            deadLetters.send(record, e.getMessage()).join();
        }
        catchUp.handled(record);
    }

    /** Where a version's data set is not told, it may be all that was there by then. */
    private void note(TrainingEvent event) {
        Map<?, ?> dataset = event.figures().get("dataset") instanceof Map<?, ?> told ? told : Map.of();
        Instant to = time(dataset.get("to"));
        datasets.note(
                event.loop(),
                event.modelVersion(),
                dataset.get("id") instanceof String id ? id : null,
                to == null ? null : time(dataset.get("from")),
                to == null ? event.time() : to);
    }

    private static Instant time(Object value) {
        try {
            return value instanceof String text ? Instant.parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public boolean done() {
        try {
            return catchUp.done();
        } catch (TimeoutException brokerIsSlow) {
            return false;
        }
    }
}
