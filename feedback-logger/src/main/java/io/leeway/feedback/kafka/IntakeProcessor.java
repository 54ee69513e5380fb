package io.leeway.feedback.kafka;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Json;
import io.leeway.contracts.Reward;
import io.leeway.contracts.Topics;
import io.leeway.feedback.Fate;
import io.leeway.feedback.FateKind;
import io.leeway.feedback.JoinInput;
import io.leeway.feedback.LoggedDecision;
import io.leeway.feedback.Position;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.EventHeaders;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jboss.logging.Logger;

/**
 * First half of the topology: makes of each record one for the join, keyed by what its payload says, or a dead letter. The
 * partition that it came in on says nothing: producers hash keys differently, and some send none.
 */
final class IntakeProcessor implements Processor<byte[], byte[], byte[], Routed> {
    private static final Logger LOG = Logger.getLogger(IntakeProcessor.class);

    private final Intake intake;
    private final MeterRegistry meters;
    private final Clock clock;
    private ProcessorContext<byte[], Routed> context;

    IntakeProcessor(Intake intake, MeterRegistry meters, Clock clock) {
        this.intake = intake;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata source = context.recordMetadata().orElseThrow();
        Position position = new Position(source.topic(), source.partition(), source.offset());
        try {
            Taken taken = intake.take(record.headers(), record.value(), record.timestamp(), position);
            forward(record, input(taken));
        } catch (UnusableEventException e) {
            bury(record, position, e.getMessage());
        }
    }

    private static JoinRecord input(Taken taken) {
        if (taken instanceof Taken.TakenDecision d) {
            LoggedDecision decision = d.decision();
            JoinInput input = new JoinInput.DecisionMade(decision.loop(), decision.eventId(), d.settings(), d.facts());
            return new JoinRecord(input, decision.body().getBytes(StandardCharsets.UTF_8));
        } else if (taken instanceof Taken.TakenReward r) {
            Reward reward = r.reward();
            return JoinRecord.of(new JoinInput.RewardGiven(r.settings(), r.position(), reward));
        } else if (taken instanceof Taken.TakenActivation a) {
            Activation activation = a.activation();
            return JoinRecord.of(new JoinInput.ActivationGiven(
                    activation.loop(), activation.eventId(), a.settings(), a.position(), activation.time()));
        }
        throw new IllegalStateException("must be one of the permitted kinds: taken=" + taken.getClass());
    }

    private void forward(Record<byte[], byte[]> record, JoinRecord join) {
        byte[] key = JoinKey.of(join.input()).getBytes(StandardCharsets.UTF_8);
        // A broker refuses timestamps from the future, and ours must not be refused.
        long timestamp = Math.max(0, Math.min(record.timestamp(), clock.millis()));
        context.forward(new Record<>(key, new Routed.ToJoin(join), timestamp));
    }

    private void bury(Record<byte[], byte[]> record, Position position, String reason) {
        LOG.warnf("dead letter: %s: %s", position, reason);
        meters.counter("leeway.dead.letters", "topic", position.topic()).increment();
        RecordHeaders headers = EventHeaders.ofDeadLetter(
                record.headers(),
                reason,
                position.topic(),
                position.partition(),
                position.offset(),
                record.timestamp());
        Routed letter = new Routed.ToTopic(Topics.deadLetter(position.topic()), record.value());
        context.forward(new Record<>(record.key(), letter, clock.millis(), headers));
        Routed fate = new Routed.ToTopic(FatesTopic.NAME, Json.bytes(fate(record.value(), position)));
        context.forward(new Record<>(record.key(), fate, clock.millis()));
    }

    /** So that the loop's counts hold it; as far as the record can be read. */
    private Fate fate(byte[] value, Position position) {
        Glimpse glimpse = Glimpse.of(value);
        return new Fate(glimpse.loop(), glimpse.eventId(), FateKind.DEAD_LETTERED, position, clock.instant(), null);
    }
}
