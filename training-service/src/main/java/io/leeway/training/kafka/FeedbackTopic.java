package io.leeway.training.kafka;

import io.leeway.contracts.Topics;
import io.leeway.training.FeedbackLog;
import io.leeway.training.Ingested;
import io.leeway.training.Ingestion;
import io.leeway.training.NotEnoughFeedbackException;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the feedback topic, each data set with a consumer of its own that belongs to no group. A consumer and the latest windows are kept,
 * so that a loop's next reading begins where its last one ended. Thread safe.
 */
@ApplicationScoped
class FeedbackTopic implements FeedbackLog {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Object> settings;
    private final Clock clock;
    private final KeptWindows windows = new KeptWindows();
    private final AtomicReference<Consumer<String, byte[]>> spare = new AtomicReference<>();

    FeedbackTopic(@Identifier("default-kafka-broker") Map<String, Object> broker, Clock clock) {
        this.clock = clock;
        this.settings = new HashMap<>(broker);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
    }

    @Override
    public Map<Integer, Long> endOffsets() {
        try (Consumer<String, byte[]> consumer = consumer()) {
            Map<Integer, Long> ends = new TreeMap<>();
            consumer.endOffsets(partitions(consumer), PATIENCE)
                    .forEach((partition, end) -> ends.put(partition.partition(), end));
            return ends;
        }
    }

    @Override
    public Map<Integer, Long> firstOffsets() {
        try (Consumer<String, byte[]> consumer = consumer()) {
            Map<Integer, Long> firsts = new TreeMap<>();
            consumer.beginningOffsets(partitions(consumer), PATIENCE)
                    .forEach((partition, first) -> firsts.put(partition.partition(), first));
            return firsts;
        }
    }

    @Override
    public Ingested ingest(Ingestion wanted) {
        Consumer<String, byte[]> consumer = take();
        Ingested read;
        try {
            read = ingest(wanted, consumer);
        } catch (RuntimeException e) {
            closeInPeace(consumer);
            throw e;
        }
        if (!spare.compareAndSet(null, consumer)) {
            closeInPeace(consumer);
        }
        return read;
    }

    /** The one that is kept, which knows brokers and partitions already, or a new one. */
    private Consumer<String, byte[]> take() {
        Consumer<String, byte[]> kept = spare.getAndSet(null);
        return kept == null ? consumer() : kept;
    }

    private Ingested ingest(Ingestion wanted, Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, PATIENCE);
        FeedbackWindow window = window(wanted, consumer, partitions, first);
        readTo(consumer, ends(consumer, partitions, wanted), window);
        Instant giveUp = clock.instant().plus(wanted.patience());
        while (window.events() < wanted.minimumRows()) {
            if (clock.instant().isAfter(giveUp)) {
                throw new NotEnoughFeedbackException(window.events(), wanted.minimumRows());
            }
            wanted.waiting().accept(window.events());
            consumer.poll(POLL).forEach(window::add);
            readTo(consumer, consumer.endOffsets(partitions, PATIENCE), window);
        }
        Map<String, Long> offsets = new TreeMap<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
        next.forEach((partition, offset) -> offsets.put(partition.toString(), offset));
        Ingested read = window.write(offsets);
        if (FeedbackWindow.isWhole(wanted)) {
            windows.give(new KeptWindows.Kept(window, first, next));
        }
        return read;
    }

    /** What an earlier reading left, which goes on where that one ended; or an empty one that begins at the beginning. */
    private FeedbackWindow window(
            Ingestion wanted,
            Consumer<String, byte[]> consumer,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> first) {
        Optional<KeptWindows.Kept> kept = windows.take(wanted, first);
        if (kept.isPresent() && kept.get().next().keySet().containsAll(partitions)) {
            kept.get().next().forEach(consumer::seek);
            kept.get().window().goOn(wanted);
            return kept.get().window();
        }
        start(consumer, partitions, wanted);
        return new FeedbackWindow(wanted);
    }

    void stop(@Observes ShutdownEvent event) {
        Consumer<String, byte[]> kept = spare.getAndSet(null);
        if (kept != null) {
            kept.close();
        }
    }

    /** A consumer cannot be closed by a thread that was interrupted, as that of a job is whose loop was deleted. */
    private static void closeInPeace(Consumer<?, ?> consumer) {
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Where the loop's rows can begin: not before an earlier loop of the name ended, nor before the wanted time. */
    private static void start(Consumer<?, ?> consumer, List<TopicPartition> partitions, Ingestion wanted) {
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, PATIENCE);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
        Map<TopicPartition, OffsetAndTimestamp> byTime = Map.of();
        if (wanted.since() != null) {
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(
                    partition -> times.put(partition, Math.max(0, wanted.since().toEpochMilli())));
            byTime = consumer.offsetsForTimes(times, PATIENCE);
        }
        for (TopicPartition partition : partitions) {
            long floor = wanted.floor().getOrDefault(partition.partition(), 0L);
            // A topic that ends before the floor was made anew after the earlier loop was gone: all of it is this
            // loop's.
            long offset = Math.max(first.get(partition), floor > ends.get(partition) ? 0 : floor);
            if (wanted.since() != null) {
                OffsetAndTimestamp found = byTime.get(partition);
                offset = Math.max(offset, found == null ? ends.get(partition) : found.offset());
            }
            consumer.seek(partition, offset);
        }
    }

    /** Where to stop: at the end that the topic has now, or before it where the reading says so. */
    private static Map<TopicPartition, Long> ends(
            Consumer<?, ?> consumer, List<TopicPartition> partitions, Ingestion wanted) {
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions, PATIENCE));
        ends.replaceAll(
                (partition, end) -> Math.min(end, wanted.until().getOrDefault(partition.toString(), Long.MAX_VALUE)));
        return ends;
    }

    private void readTo(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends, FeedbackWindow window) {
        Instant lastProgress = clock.instant();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            boolean progress = false;
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                window.add(record);
                progress = true;
            }
            if (progress) {
                lastProgress = clock.instant();
            } else if (Duration.between(lastProgress, clock.instant()).compareTo(PATIENCE) > 0) {
                throw new IllegalStateException("the broker gave no feedback for " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer) {
        return consumer.partitionsFor(Topics.FEEDBACK, PATIENCE).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .sorted(java.util.Comparator.comparingInt(TopicPartition::partition))
                .toList();
    }

    private Consumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
