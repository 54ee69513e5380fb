package io.leeway.training.kafka;

import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.training.FeedbackStream;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** Reads the feedback topic for one continuous learner, which keeps the offsets itself. Thread safe. */
@ApplicationScoped
class FeedbackFollower implements FeedbackStream {
    private static final Logger LOG = Logger.getLogger(FeedbackFollower.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Object> settings;

    FeedbackFollower(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        settings = new HashMap<>(broker);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
    }

    @Override
    public Reading follow(String loop, Map<Integer, Long> offsets) {
        Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.FEEDBACK, PATIENCE).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, PATIENCE);
            first.forEach((partition, begin) ->
                    consumer.seek(partition, Math.max(begin, offsets.getOrDefault(partition.partition(), 0L))));
            return new OpenReading(loop, consumer);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private record OpenReading(String loop, Consumer<String, byte[]> consumer) implements Reading {
        @Override
        public List<Item> poll(Duration wait) {
            List<Item> items = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : consumer.poll(wait)) {
                items.add(new Item(record.partition(), record.offset(), feedback(record)));
            }
            return items;
        }

        private Feedback feedback(ConsumerRecord<String, byte[]> record) {
            FeedbackPeek peek = FeedbackPeek.at(record.value());
            if (!loop.equals(peek.loop()) || peek.revision() > 1) {
                return null;
            }
            try {
                return Json.read(record.value(), Feedback.class);
            } catch (UnreadableJsonException | IllegalArgumentException e) {
                LOG.warnf("unusable feedback at %d@%d: %s", record.partition(), record.offset(), e.getMessage());
                return null;
            }
        }

        @Override
        public long behind() {
            return consumer.assignment().stream()
                    .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                    .sum();
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
