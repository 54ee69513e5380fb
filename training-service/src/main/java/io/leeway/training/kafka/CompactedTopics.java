package io.leeway.training.kafka;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Topics;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.kit.kafka.ModelRecord;
import io.leeway.training.PublishedTopics;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** Reads the loops and models topics whole, with a consumer that belongs to no group. Thread safe. */
@ApplicationScoped
class CompactedTopics implements PublishedTopics {
    private static final Logger LOG = Logger.getLogger(CompactedTopics.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Object> settings;

    CompactedTopics(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        settings = new HashMap<>(broker);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    }

    @Override
    public Published read() {
        Map<String, byte[]> loops = new TreeMap<>();
        Map<String, Model> models = new TreeMap<>();
        read(Topics.LOOPS, record -> put(loops, record.key(), record.value()));
        read(Topics.MODELS, record -> put(models, record.key(), record.value() == null ? null : model(record)));
        models.values().removeIf(model -> model.loop().isEmpty());
        return new Published(loops, models);
    }

    private static <T> void put(Map<String, T> state, String key, T value) {
        if (key == null) {
            return;
        }
        if (value == null) {
            state.remove(key);
        } else {
            state.put(key, value);
        }
    }

    /** Without a loop if nobody could make use of the record. */
    private static Model model(ConsumerRecord<String, byte[]> record) {
        try {
            ModelRecord model = ModelRecord.of(record);
            return new Model(
                    model.loop(),
                    model.version(),
                    model.header(Headers.MODEL_SHA256),
                    EventHeaders.text(record.headers(), Headers.MODEL_CHECKPOINT)
                            .isPresent());
        } catch (UnusableEventException | ContractViolation e) {
            LOG.warnf("a record of the models topic cannot be used: key=%s, %s", record.key(), e.getMessage());
            return new Model("", 0, "", false);
        }
    }

    private void read(String topic, Consumer<ConsumerRecord<String, byte[]>> each) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, PATIENCE).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new IllegalStateException("must be there: topic=" + topic);
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                var records = consumer.poll(POLL);
                records.forEach(each);
                if (!records.isEmpty()) {
                    giveUp = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() > giveUp) {
                    throw new IllegalStateException(
                            "the broker gave nothing for " + PATIENCE.toSeconds() + " s: " + topic);
                }
            }
        }
    }
}
