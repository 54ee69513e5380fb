package io.leeway.prediction.kafka;

import io.leeway.contracts.Headers;
import io.leeway.contracts.Topics;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.kit.kafka.EventPublisher;
import io.leeway.prediction.TimeText;
import io.leeway.prediction.journal.JournalRecord;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;

/** Sends one record of the journal. For one thread. */
@Singleton
public class ShipRecord {
    private static final Logger LOG = Logger.getLogger(ShipRecord.class);

    private final EventPublisher publisher;
    private final MeterRegistry meters;
    private final TimeText times = new TimeText();

    ShipRecord(EventPublisher publisher, MeterRegistry meters) {
        this.publisher = publisher;
        this.meters = meters;
    }

    /** Whether a record that met this will never be taken by its topic. */
    static boolean isForGood(Throwable failure) {
        return failure instanceof RecordTooLargeException || failure instanceof InvalidRecordException;
    }

    void ship(JournalRecord record, Callback told) {
        publisher.send(record(record), told);
    }

    /** Waits for the broker's word; what its topic will never take goes to the dead letters of it. */
    void shipAlone(JournalRecord record) throws ExecutionException, InterruptedException {
        try {
            publisher.send(record(record)).get();
        } catch (ExecutionException e) {
            if (!isForGood(e.getCause())) {
                throw e;
            }
            bury(record, e.getCause());
        }
    }

    private void bury(JournalRecord record, Throwable why) throws ExecutionException, InterruptedException {
        String topic = record.type().topic();
        LOG.errorf("dead letter: %s did not take %s: %s", topic, record.id(), why);
        meters.counter("leeway.dead.letters", "topic", topic).increment();
        RecordHeaders headers = headers(record);
        EventHeaders.add(headers, Headers.DEAD_LETTER_REASON, String.valueOf(why.getMessage()));
        EventHeaders.add(headers, Headers.DEAD_LETTER_TOPIC, topic);
        publisher
                .send(new ProducerRecord<>(Topics.deadLetter(topic), null, null, record.key(), record.value(), headers))
                .get();
    }

    private ProducerRecord<String, byte[]> record(JournalRecord record) {
        return new ProducerRecord<>(record.type().topic(), null, null, record.key(), record.value(), headers(record));
    }

    private RecordHeaders headers(JournalRecord record) {
        return publisher.headers(record.type(), record.idBytes(), times.of(Instant.ofEpochMilli(record.timeMillis())));
    }
}
