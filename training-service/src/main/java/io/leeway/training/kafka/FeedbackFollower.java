package io.leeway.training.kafka;

import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.training.FeedbackStream;
import io.leeway.training.TopicReplacedException;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** Reads the feedback topic for one continuous learner, which keeps the offsets itself. Thread safe. */
@ApplicationScoped
class FeedbackFollower implements FeedbackStream {
    private static final Logger LOG = Logger.getLogger(FeedbackFollower.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How often a topic that is read is looked at: whether it is still the same. */
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Map<String, Object> settings;
    private final FeedbackTopicId id;

    FeedbackFollower(@Identifier("default-kafka-broker") Map<String, Object> broker, FeedbackTopicId id) {
        this.id = id;
        settings = new HashMap<>(broker);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Offsets that are not there are noticed here, and not passed over.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
    }

    @Override
    public String topic() {
        return id.now();
    }

    @Override
    public Reading follow(String loop, String topic, Map<Integer, Long> offsets) {
        String now = id.now();
        Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.FEEDBACK, PATIENCE).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            boolean another =
                    topic.isEmpty() ? isBeyond(consumer.endOffsets(partitions, PATIENCE), offsets) : !topic.equals(now);
            Map<Integer, Long> from = another ? Map.of() : offsets;
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, PATIENCE);
            first.forEach((partition, begin) ->
                    consumer.seek(partition, Math.max(begin, from.getOrDefault(partition.partition(), 0L))));
            return new OpenReading(loop, consumer, id, now, another);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Whether offsets are behind the end of what is there: then they cannot be of this topic. */
    private static boolean isBeyond(Map<TopicPartition, Long> ends, Map<Integer, Long> offsets) {
        return ends.entrySet().stream()
                .anyMatch(end -> offsets.getOrDefault(end.getKey().partition(), 0L) > end.getValue());
    }

    private static final class OpenReading implements Reading {
        private final String loop;
        private final Consumer<String, byte[]> consumer;
        private final FeedbackTopicId id;
        private final String topic;
        private final boolean another;
        private long looked = System.nanoTime();

        private OpenReading(
                String loop, Consumer<String, byte[]> consumer, FeedbackTopicId id, String topic, boolean another) {
            this.loop = loop;
            this.consumer = consumer;
            this.id = id;
            this.topic = topic;
            this.another = another;
        }

        @Override
        public String topic() {
            return topic;
        }

        @Override
        public boolean isAnother() {
            return another;
        }

        @Override
        public List<Item> poll(Duration wait) {
            requireSameTopic();
            List<Item> items = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : consumer.poll(wait)) {
                items.add(new Item(record.partition(), record.offset(), feedback(record)));
            }
            return items;
        }

        private void requireSameTopic() {
            if (System.nanoTime() - looked < BETWEEN_LOOKS_NANOS) {
                return;
            }
            looked = System.nanoTime();
            String now;
            try {
                now = id.now();
            } catch (KafkaException e) {
                LOG.debugf("not known now whether the feedback topic is the same: %s", e.getMessage());
                return;
            }
            if (!now.equals(topic)) {
                throw new TopicReplacedException(topic, now);
            }
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
