package io.leeway.feedback.kafka;

import io.leeway.contracts.Topics;
import io.leeway.feedback.Position;
import io.leeway.feedback.Projection;
import io.leeway.feedback.Replay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Reads the topics with a consumer of its own, which belongs to no group and commits nothing. */
final class TopicReplay implements Replay {
    /** Decisions first: what hangs on them finds its week at once. */
    private static final List<String> TOPICS =
            List.of(Topics.DECISIONS, Topics.FEEDBACK, Topics.REWARDS, FatesTopic.NAME);

    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<String, byte[]> consumer;
    private final Function<Projection, RecordLanding> landing;
    private final Map<TopicPartition, Long> next;

    TopicReplay(Consumer<String, byte[]> consumer, Function<Projection, RecordLanding> landing) {
        this.consumer = consumer;
        this.landing = landing;
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : TOPICS) {
            var known = consumer.partitionsFor(topic);
            if (known != null) {
                known.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            }
        }
        this.next = new HashMap<>(consumer.beginningOffsets(partitions));
    }

    @Override
    public List<String> unseen() {
        return next.entrySet().stream()
                .filter(begin -> begin.getValue() > 0)
                .map(begin -> begin.getKey() + ": the first " + begin.getValue() + " records are gone")
                .sorted()
                .toList();
    }

    @Override
    public long ahead(List<Position> until) {
        return until.stream()
                .mapToLong(position -> Math.max(0, position.offset() - next.getOrDefault(partition(position), 0L)))
                .sum();
    }

    @Override
    public void read(Projection into, List<Position> until, LongConsumer read) {
        RecordLanding rows = landing.apply(into);
        for (String topic : TOPICS) {
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (Position position : until) {
                TopicPartition partition = partition(position);
                if (position.topic().equals(topic) && next.getOrDefault(partition, 0L) < position.offset()) {
                    ends.put(partition, position.offset());
                }
            }
            read(topic, ends, rows, read);
        }
    }

    private void read(String topic, Map<TopicPartition, Long> ends, RecordLanding rows, LongConsumer read) {
        consumer.assign(ends.keySet());
        ends.keySet().forEach(partition -> consumer.seek(partition, next.getOrDefault(partition, 0L)));
        while (!ends.isEmpty()) {
            ConsumerRecords<String, byte[]> polled = consumer.poll(POLL);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>(polled.count());
            for (ConsumerRecord<String, byte[]> record : polled) {
                Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
                if (end != null && record.offset() < end) {
                    records.add(record);
                }
            }
            if (!records.isEmpty()) {
                land(topic, records, rows);
                read.accept(records.size());
            }
            finish(ends);
        }
    }

    /** What stands past the end is read again, when the end has moved. */
    private void finish(Map<TopicPartition, Long> ends) {
        Collection<TopicPartition> done = ends.entrySet().stream()
                .filter(end -> consumer.position(end.getKey()) >= end.getValue())
                .map(Map.Entry::getKey)
                .toList();
        done.forEach(partition -> next.put(partition, ends.remove(partition)));
        if (!done.isEmpty()) {
            consumer.pause(done);
        }
    }

    private static void land(String topic, List<ConsumerRecord<String, byte[]>> records, RecordLanding rows) {
        // What is refused was refused the first time, and has its dead letter.
        switch (topic) {
            case Topics.DECISIONS -> rows.decisions(records);
            case Topics.FEEDBACK -> rows.feedback(records);
            case Topics.REWARDS -> rows.rewards(records);
            default -> rows.fates(records);
        }
    }

    private static TopicPartition partition(Position position) {
        return new TopicPartition(position.topic(), position.partition());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
