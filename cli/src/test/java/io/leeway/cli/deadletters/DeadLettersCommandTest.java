package io.leeway.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.cli.Run;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Topics;
import io.leeway.stack.testing.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a real broker. */
class DeadLettersCommandTest {
    private static final long TIMESTAMP = 1_700_000_000_000L;
    private static final byte[] BYTES = {'{', 0, (byte) 0xff, '"'};
    private static String kafka;

    @BeforeAll
    static void refuse() throws ExecutionException, InterruptedException {
        kafka = LocalStack.sharedBroker().bootstrapServers();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(letter("must be a loop that exists: loop=films", 4, 17, "key".getBytes(UTF_8), BYTES))
                    .get();
            producer.send(letter("must have a value: value=null", 2, 18, null, null))
                    .get();
        }
    }

    private static ProducerRecord<byte[], byte[]> letter(
            String reason, int partition, long offset, byte[] key, byte[] value) {
        RecordHeaders headers = new RecordHeaders();
        add(headers, Headers.CE_TYPE, "io.leeway.reward.v1");
        add(headers, Headers.DEAD_LETTER_REASON, reason);
        add(headers, Headers.DEAD_LETTER_TOPIC, Topics.REWARDS);
        add(headers, Headers.DEAD_LETTER_PARTITION, Integer.toString(partition));
        add(headers, Headers.DEAD_LETTER_OFFSET, Long.toString(offset));
        add(headers, Headers.DEAD_LETTER_TIMESTAMP, Long.toString(TIMESTAMP));
        return new ProducerRecord<>(Topics.deadLetter(Topics.REWARDS), 0, null, key, value, headers);
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    @Test
    void listsShowsAndReplaysOnceByteForByte() {
        Run list = run("list");
        assertThat(list.status()).isZero();
        assertThat(list.output())
                .contains("leeway.rewards.v1@0", "must be a loop that exists: loop=films", "2 dead letters");
        assertThat(run("list", "--reason", "NULL").output()).contains("@1").doesNotContain("@0");
        assertThat(run("list", "--since", "2999-01-01T00:00:00Z").output()).contains("0 dead letters");
        assertThat(run("list", "--limit", "1").output()).contains("1 dead letters; 1 more");
        assertThat(run("show", "rewards@0").output())
                .contains("leeway_reason = must be a loop that exists: loop=films", "key         key", "4 bytes");

        assertThat(run("replay", "--dry-run").output()).contains("2 would be sent");
        assertThat(sent()).isEmpty();
        assertThat(run("replay", "--reason", "loop=films").output()).contains("1 sent again; 0 were sent again before");
        assertThat(run("replay", "--reason", "loop=films").output()).contains("0 sent again; 1 were sent again before");
        assertThat(run("list").output()).contains("[replayed]");
        assertThat(sent()).singleElement().satisfies(record -> {
            assertThat(record.value()).isEqualTo(BYTES);
            assertThat(record.key()).isEqualTo("key".getBytes(UTF_8));
            assertThat(record.partition()).isEqualTo(4);
            assertThat(record.timestamp()).isEqualTo(TIMESTAMP);
            assertThat(record.headers()).extracting(header -> header.key()).containsExactly(Headers.CE_TYPE);
        });
    }

    @Test
    void wrongWordsAreNamed() {
        assertThat(run("list", "--topic", "reward").errors()).contains("topic=reward");
        assertThat(run("list", "--since", "today").errors()).contains("--since=today");
        assertThat(run("show", "rewards").status()).isEqualTo(2);
        assertThat(run("show", "rewards@999").status()).isEqualTo(1);
        assertThat(Run.of("dead-letters").status()).isEqualTo(2);
    }

    private static Run run(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("dead-letters", command));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--kafka", kafka));
        return Run.of(all.toArray(String[]::new));
    }

    /** What stands on the rewards topic. */
    private static List<ConsumerRecord<byte[], byte[]>> sent() {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.REWARDS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }
}
