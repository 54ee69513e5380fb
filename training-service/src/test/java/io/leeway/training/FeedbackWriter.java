package io.leeway.training;

import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.stack.testing.LocalStack;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes what other services would write. */
final class FeedbackWriter {
    private FeedbackWriter() {}

    static void write(List<Feedback> feedback) {
        try (KafkaProducer<String, byte[]> producer = producer()) {
            feedback.forEach(
                    row -> producer.send(new ProducerRecord<>(Topics.FEEDBACK, row.eventId(), Json.bytes(row))));
        }
    }

    static void write(String topic, String key, byte[] value) {
        try (KafkaProducer<String, byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(topic, key, value));
        }
    }

    private static KafkaProducer<String, byte[]> producer() {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers(), "acks", "all");
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}
