package io.leeway.kit.kafka;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows whether a channel has read its topic up to where it ended when the service started. Thread safe.
 *
 * <p>A position past the end is not enough, because the last records may still be on their way to the handler; so the handler
 * must have seen the last record, or have had nothing more to see for a while (compaction may have removed it).
 */
public final class CatchUp {
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final String channel;
    private final KafkaClientService clients;
    private final Clock clock;
    private final ConcurrentMap<TopicPartition, Long> handled = new ConcurrentHashMap<>();
    private volatile Map<TopicPartition, Long> ends;
    private volatile Instant reachedAt;
    private volatile boolean busy;
    private volatile boolean done;

    public CatchUp(String channel, KafkaClientService clients, Clock clock) {
        this.channel = channel;
        this.clients = clients;
        this.clock = clock;
    }

    /** To be called when a record is taken up whose handling may have to wait for something; the end is not reached meanwhile. */
    public void begun() {
        busy = true;
    }

    /** To be called after each record of the channel has taken effect. */
    public void handled(ConsumerRecord<?, ?> record) {
        busy = false;
        reachedAt = null;
        handled.merge(new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max);
    }

    /** Whether the end of the topic at the first call of this method has been reached; true for ever after. May ask the broker. */
    public boolean done() {
        if (!done) {
            done = check();
        }
        return done;
    }

    private boolean check() {
        KafkaConsumer<?, ?> consumer = clients.getConsumer(channel);
        Duration patience = Duration.ofSeconds(5);
        Map<TopicPartition, Long> positions = consumer.getPositions().await().atMost(patience);
        if (positions.isEmpty()) {
            return false;
        }
        if (ends == null) {
            ends = consumer.runOnPollingThread(c -> {
                        return c.endOffsets(positions.keySet());
                    })
                    .await()
                    .atMost(patience);
        }
        if (ends.entrySet().stream().allMatch(end -> handled.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
            return true;
        }
        boolean read =
                ends.entrySet().stream().allMatch(end -> positions.getOrDefault(end.getKey(), -1L) >= end.getValue());
        if (!read || busy) {
            return false;
        }
        Instant quietSince = reachedAt;
        if (quietSince == null) {
            reachedAt = clock.instant();
            return false;
        }
        return Duration.between(quietSince, clock.instant()).compareTo(QUIET) >= 0;
    }
}
