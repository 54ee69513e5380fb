package io.leeway.training.kafka;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Json;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.Topics;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.training.RequestLog;
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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** The end of the decisions topic: what predictors were asked lately. Thread safe. */
@ApplicationScoped
class RecentDecisions implements RequestLog {
    private static final Logger LOG = Logger.getLogger(RecentDecisions.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);
    /** Records at the end of each partition that are looked at, of whatever loop. */
    private static final int LAST_RECORDS = 500;

    private final Map<String, Object> settings;

    RecentDecisions(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.settings = new HashMap<>(broker);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    }

    /** A broker that cannot be asked now leaves the gate without requests to compare with, as a loop without traffic does. */
    @Override
    public List<Map<String, Object>> recent(String loop, int most) {
        try (Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<Map<String, Object>> contexts = read(consumer, loop);
            return contexts.subList(Math.max(0, contexts.size() - most), contexts.size());
        } catch (KafkaException e) {
            LOG.warnf("the latest decisions of loop %s cannot be read: %s", loop, e.getMessage());
            return List.of();
        }
    }

    private static List<Map<String, Object>> read(Consumer<String, byte[]> consumer, String loop) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.DECISIONS, PATIENCE).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, PATIENCE);
        ends.forEach((partition, end) -> consumer.seek(partition, Math.max(first.get(partition), end - LAST_RECORDS)));
        List<Map<String, Object>> contexts = new ArrayList<>();
        int idle = 0;
        while (idle < PATIENCE.dividedBy(POLL)
                && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            boolean progress = false;
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                add(record.value(), loop, contexts);
                progress = true;
            }
            idle = progress ? 0 : idle + 1;
        }
        return contexts;
    }

    private static void add(byte[] value, String loop, List<Map<String, Object>> contexts) {
        // Loop first, the rest only if it is the one: most records are of other loops.
        if (value == null || !loop.equals(FeedbackPeek.at(value).loop())) {
            return;
        }
        try {
            Decision decision = Json.read(value, Decision.class);
            if (decision.slots().isEmpty()) {
                contexts.add(decision.context());
            }
            for (SlotDecision slot : decision.slots()) {
                contexts.add(slot.contextOf(decision.context()));
            }
        } catch (UnreadableJsonException | io.leeway.contracts.ContractViolation e) {
            LOG.debugf("a decision cannot be read: %s", e.getMessage());
        }
    }
}
