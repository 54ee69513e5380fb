package io.leeway.drift.kafka;

import io.leeway.contracts.Decision;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Topics;
import io.leeway.contracts.TrainingEvent;
import io.leeway.drift.Extract;
import io.leeway.drift.Surroundings;
import io.leeway.drift.WatchEvent;
import io.leeway.drift.WatchEvent.Rewarded;
import io.leeway.drift.WatchEvent.TrainingTold;
import io.leeway.drift.WatchMetrics;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.kit.kafka.EventReader;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jboss.logging.Logger;

/** Reads events, cuts them down to what a watch needs, and keys them by the loop that they name; the rest are dead letters. */
final class RekeyProcessor implements Processor<String, byte[], String, Rekeyed> {
    private static final Logger LOG = Logger.getLogger(RekeyProcessor.class);

    private final WatchMetrics metrics;
    private final Surroundings surroundings;
    private ProcessorContext<String, Rekeyed> context;

    /** @param surroundings to see which input a loop is watched apart by */
    RekeyProcessor(WatchMetrics metrics, Surroundings surroundings) {
        this.metrics = metrics;
        this.surroundings = surroundings;
    }

    /** An event for the watch of a loop. */
    private record Keyed(String loop, WatchEvent event) {}

    @Override
    public void init(ProcessorContext<String, Rekeyed> processorContext) {
        this.context = processorContext;
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata origin = context.recordMetadata().orElseThrow();
        try {
            read(origin, record).ifPresent(keyed -> {
                Rekeyed rekeyed = new Rekeyed(WatchEventJson.bytes(keyed.event()), false);
                context.forward(new Record<>(keyed.loop(), rekeyed, now(), new RecordHeaders()));
            });
        } catch (UnusableEventException e) {
            letter(origin, record, e.getMessage());
        }
    }

    private Optional<Keyed> read(RecordMetadata origin, Record<String, byte[]> record) {
        switch (origin.topic()) {
            case Topics.DECISIONS -> {
                EventReader.type(record.headers(), EventType.DECISION);
                Decision decision = EventReader.read(record.value(), Decision.class);
                return Optional.of(
                        new Keyed(decision.loop(), Extract.decided(decision).from(origin.partition())));
            }
            case Topics.FEEDBACK -> {
                EventReader.type(record.headers(), EventType.FEEDBACK);
                Feedback feedback = EventReader.read(record.value(), Feedback.class);
                Optional<Rewarded> rewarded = Extract.rewarded(feedback, segment(feedback.loop()));
                return rewarded.map(event -> new Keyed(feedback.loop(), event.from(origin.partition())));
            }
            default -> {
                EventReader.type(record.headers(), EventType.TRAINING_EVENT);
                TrainingEvent training = EventReader.read(record.value(), TrainingEvent.class);
                return Optional.of(new Keyed(training.loop(), new TrainingTold(training.time(), training.type())));
            }
        }
    }

    private String segment(String loop) {
        return surroundings
                .loop(loop)
                .map(known -> known.settings().drift().segment())
                .orElse(null);
    }

    private void letter(RecordMetadata origin, Record<String, byte[]> record, String reason) {
        LOG.warnf("dead letter: %s-%d@%d: %s", origin.topic(), origin.partition(), origin.offset(), reason);
        metrics.deadLetter(origin.topic());
        RecordHeaders headers = new RecordHeaders(record.headers().toArray());
        EventHeaders.add(headers, Headers.DEAD_LETTER_REASON, reason);
        EventHeaders.add(headers, Headers.DEAD_LETTER_TOPIC, origin.topic());
        EventHeaders.add(headers, Headers.DEAD_LETTER_PARTITION, Integer.toString(origin.partition()));
        EventHeaders.add(headers, Headers.DEAD_LETTER_OFFSET, Long.toString(origin.offset()));
        context.forward(new Record<>(record.key(), new Rekeyed(record.value(), true), now(), headers));
    }

    /** Events carry their own time; that of a record must be one that every broker accepts. */
    private long now() {
        return context.currentSystemTimeMs();
    }
}
