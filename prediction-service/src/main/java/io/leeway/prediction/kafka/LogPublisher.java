package io.leeway.prediction.kafka;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Reward;
import io.leeway.contracts.TrainingEvent;
import io.leeway.kit.EventIds;
import io.leeway.kit.kafka.EventPublisher;
import io.leeway.prediction.EventLog;
import io.leeway.prediction.EventTooLargeException;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** The log as it is: Kafka topics, through the service's one producer. */
@Singleton
public class LogPublisher implements EventLog {
    private final EventPublisher publisher;
    private final EventIds ids;

    LogPublisher(EventPublisher publisher, EventIds ids) {
        this.publisher = publisher;
        this.ids = ids;
    }

    @Override
    public CompletableFuture<?> append(Decision decision) {
        return publish(EventType.DECISION, decision.eventId(), decision.eventId(), decision);
    }

    @Override
    public CompletableFuture<?> append(Reward reward) {
        return publish(EventType.REWARD, reward.eventId(), reward.rewardId(), reward);
    }

    @Override
    public CompletableFuture<?> append(Activation activation) {
        return publish(EventType.ACTIVATION, activation.eventId(), ids.next(), activation);
    }

    @Override
    public CompletableFuture<?> append(TrainingEvent event) {
        return publish(EventType.TRAINING_EVENT, event.loop(), event.trainingEventId(), event);
    }

    private CompletableFuture<RecordMetadata> publish(EventType type, String key, String id, Object event) {
        return publisher.publish(type, key, id, event).exceptionallyCompose(failure -> {
            boolean tooLarge = failure instanceof RecordTooLargeException;
            return CompletableFuture.failedFuture(
                    tooLarge ? new EventTooLargeException(failure.getMessage()) : failure);
        });
    }
}
