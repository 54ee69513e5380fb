package io.leeway.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leeway.cli.CommandException;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads dead-letter topics. Not thread safe.
 *
 * <p>That a letter was replayed stands on the same topic: a record without value whose header names its offset, written in one
 * transaction with the replay. So it is known to everybody, and no replay happens twice.
 */
final class LetterBox implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String bootstrapServers;

    LetterBox(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "default.api.timeout.ms",
                (int) PATIENCE.toMillis());
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The letters of a topic, the oldest first. */
    List<Letter> letters(String topic) {
        Map<Long, Letter> letters = new TreeMap<>();
        Set<Long> replayed = new HashSet<>();
        read(topic, 0, record -> {
            Optional<String> mark = text(record, Headers.DEAD_LETTER_REPLAYED);
            if (mark.isPresent()) {
                replayed.add(Long.parseLong(mark.get()));
            } else {
                letters.put(record.offset(), letter(topic, record));
            }
        });
        replayed.forEach(offset -> letters.computeIfPresent(offset, (at, letter) -> letter.withReplayed()));
        return List.copyOf(letters.values());
    }

    /** The record itself, as it lies on the dead-letter topic. */
    Optional<ConsumerRecord<byte[], byte[]>> record(String topic, long offset) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        TopicPartition partition = seek(topic, offset);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition) <= offset && consumer.position(partition) < end(partition)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() == offset) {
                    found.add(record);
                }
            }
            requireBefore(deadline);
        }
        return found.stream().findFirst();
    }

    private void read(String topic, long from, Consumer<ConsumerRecord<byte[], byte[]>> take) {
        TopicPartition partition = seek(topic, from);
        long end = end(partition);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition) < end) {
            var records = consumer.poll(POLL);
            records.forEach(take);
            if (records.isEmpty()) {
                requireBefore(deadline);
            } else {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
        }
    }

    private TopicPartition seek(String topic, long offset) {
        TopicPartition partition = new TopicPartition(Topics.deadLetter(topic), 0);
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        return partition;
    }

    private long end(TopicPartition partition) {
        try {
            return consumer.endOffsets(List.of(partition)).get(partition);
        } catch (KafkaException e) {
            throw new CommandException("Kafka does not answer: " + bootstrapServers, e);
        }
    }

    private void requireBefore(long deadline) {
        if (System.nanoTime() > deadline) {
            throw new CommandException("Kafka does not answer: " + bootstrapServers);
        }
    }

    private static Letter letter(String topic, ConsumerRecord<byte[], byte[]> record) {
        return new Letter(
                topic,
                record.offset(),
                text(record, Headers.DEAD_LETTER_PARTITION)
                        .map(Integer::parseInt)
                        .orElse(-1),
                text(record, Headers.DEAD_LETTER_OFFSET).map(Long::parseLong).orElse(-1L),
                Instant.ofEpochMilli(record.timestamp()),
                text(record, Headers.DEAD_LETTER_REASON).orElse("no reason given"),
                record.value() == null ? -1 : record.value().length,
                false);
    }

    static Optional<String> text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
