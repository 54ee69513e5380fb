package io.leeway.kit.kafka;

import io.leeway.contracts.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;

/** Keeps records that cannot be used: as they came, on the dead-letter topic of theirs, with the reason in a header. */
@Singleton
public class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final EventPublisher publisher;
    private final MeterRegistry meters;

    DeadLetters(EventPublisher publisher, MeterRegistry meters) {
        this.publisher = publisher;
        this.meters = meters;
    }

    /** The returned future must succeed before the record counts as dealt with. */
    public CompletableFuture<RecordMetadata> send(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.warnf("dead letter: %s-%d@%d: %s", record.topic(), record.partition(), record.offset(), reason);
        meters.counter("leeway.dead.letters", "topic", record.topic()).increment();
        RecordHeaders headers = EventHeaders.ofDeadLetter(
                record.headers(), reason, record.topic(), record.partition(), record.offset(), record.timestamp());
        return publisher.send(new ProducerRecord<>(
                Topics.deadLetter(record.topic()), null, null, record.key(), record.value(), headers));
    }
}
