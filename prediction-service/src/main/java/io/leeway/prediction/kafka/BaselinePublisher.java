package io.leeway.prediction.kafka;

import io.leeway.contracts.EventType;
import io.leeway.kit.kafka.EventPublisher;
import io.leeway.prediction.Baseline;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Sends through the service's own producer, with the headers of a decision, made once. */
@Singleton
public class BaselinePublisher implements Baseline {
    private static final Callback NOBODY = (metadata, failure) -> {};

    private final EventPublisher publisher;
    private final Header[] headers;
    private final AtomicLong keys = new AtomicLong();

    BaselinePublisher(EventPublisher publisher) {
        this.publisher = publisher;
        this.headers = publisher
                .headers(EventType.DECISION, "00000000-0000-7000-8000-000000000000")
                .toArray();
    }

    @Override
    public void send(byte[] value) {
        String key = Long.toString(keys.getAndIncrement());
        publisher.send(
                new ProducerRecord<>(EventType.DECISION.topic(), null, null, key, value, new RecordHeaders(headers)),
                NOBODY);
    }
}
