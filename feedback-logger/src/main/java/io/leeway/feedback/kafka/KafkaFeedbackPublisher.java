package io.leeway.feedback.kafka;

import io.leeway.contracts.EventType;
import io.leeway.contracts.Feedback;
import io.leeway.feedback.FeedbackPublisher;
import io.leeway.feedback.PublishingFailedException;
import io.leeway.kit.kafka.EventPublisher;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Puts imported feedback on the feedback topic. Thread safe; waits for the broker. */
@Singleton
public class KafkaFeedbackPublisher implements FeedbackPublisher {
    private final EventPublisher publisher;

    KafkaFeedbackPublisher(EventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void publish(List<Feedback> feedback) {
        CompletableFuture<?>[] sent = feedback.stream().map(this::send).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(sent).join();
        } catch (CompletionException e) {
            throw new PublishingFailedException(e);
        }
    }

    private CompletableFuture<?> send(Feedback feedback) {
        String id = feedback.loop() + "/" + feedback.eventId() + "/" + feedback.revision();
        return publisher.publish(EventType.FEEDBACK, feedback.eventId(), id, feedback);
    }
}
