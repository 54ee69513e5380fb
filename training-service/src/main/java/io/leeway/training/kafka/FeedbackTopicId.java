package io.leeway.training.kafka;

import io.leeway.contracts.Topics;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** The id that Kafka gave the feedback topic when it was made. Thread safe. */
@ApplicationScoped
class FeedbackTopicId {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Object> settings;
    private Admin admin;

    FeedbackTopicId(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.settings = Map.copyOf(broker);
    }

    /** @throws KafkaException if it cannot be asked for now */
    synchronized String now() {
        if (admin == null) {
            admin = Admin.create(settings);
        }
        try {
            return admin.describeTopics(List.of(Topics.FEEDBACK))
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .get(Topics.FEEDBACK)
                    .topicId()
                    .toString();
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the feedback topic cannot be described: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while the feedback topic was described", e);
        }
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
