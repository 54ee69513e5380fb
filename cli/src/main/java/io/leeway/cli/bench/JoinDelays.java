package io.leeway.cli.bench;

import io.leeway.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads feedback as its users do (read committed) and notes how long after the end of each wait it could be read. */
final class JoinDelays implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final String loop;
    private final Duration wait;
    private final Latencies delays = new Latencies();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "join-delays");

    JoinDelays(String bootstrapServers, String loop, Duration wait) {
        this.loop = "{\"loop\":\"" + loop + "\",";
        this.wait = wait;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "fetch.max.wait.ms",
                        20),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.FEEDBACK).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread.start();
    }

    private void run() {
        byte[] head = loop.getBytes(StandardCharsets.UTF_8);
        while (!stop.get()) {
            var records = consumer.poll(Duration.ofMillis(100));
            long now = System.currentTimeMillis();
            for (ConsumerRecord<String, byte[]> record : records) {
                if (begins(record.value(), head)) {
                    long waitEnds = IngestEvents.millis(record.key()) + wait.toMillis();
                    delays.add((now - waitEnds) * 1_000_000);
                }
            }
        }
    }

    private static boolean begins(byte[] value, byte[] head) {
        return value.length > head.length && java.util.Arrays.equals(value, 0, head.length, head, 0, head.length);
    }

    /** Ends reading; in order. */
    Latencies end() {
        close();
        delays.sort();
        return delays;
    }

    @Override
    public void close() {
        stop.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }
}
