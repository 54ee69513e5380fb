package io.leeway.feedback.kafka;

import io.leeway.contracts.EventType;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.feedback.Fate;
import io.leeway.feedback.FateKind;
import io.leeway.feedback.FeedbackRevision;
import io.leeway.feedback.JoinEvent;
import io.leeway.feedback.JoinRewards;
import io.leeway.feedback.JoinState;
import io.leeway.kit.kafka.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Second half of the topology: applies what {@link JoinRewards} decides to the stores, and publishes it. */
final class JoinProcessor implements Processor<byte[], JoinRecord, byte[], Routed> {
    private final JoinRewards join;
    private final JoinTiming timing;
    private final JoinMeters meters;
    private final Clock clock;
    private ProcessorContext<byte[], Routed> context;
    private JoinStores stores;

    JoinProcessor(JoinRewards join, JoinTiming timing, JoinMeters meters, Clock clock) {
        this.join = join;
        this.timing = timing;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
        this.stores = JoinStores.of(context);
        context.schedule(timing.tick(), PunctuationType.WALL_CLOCK_TIME, time -> tick());
    }

    @Override
    public void process(Record<byte[], JoinRecord> record) {
        JoinRecord joined = record.value();
        String key = JoinKey.of(joined.input());
        JoinState before = state(key);
        Instant now = clock.instant();
        List<JoinEvent> events = join.decide(before, joined.input(), now);
        for (JoinEvent event : events) {
            if (event instanceof JoinEvent.DecisionTaken) {
                stores.decisions().put(key, joined.decision());
            }
        }
        JoinState after = apply(key, before, events, now);
        stores.due().move(key, join.nextDue(before), join.nextDue(after));
    }

    private void tick() {
        Instant joinedUntil = timing.progress().joinedUntil();
        for (DueQueue.Due due : stores.due().due(joinedUntil, timing.eventsPerTick())) {
            // First, so that an event over which the join fails does not hold up the others for ever.
            stores.due().remove(due);
            JoinState before = state(due.key());
            Instant now = clock.instant();
            JoinState after = apply(due.key(), before, join.tick(before, joinedUntil, now), now);
            stores.due().move(due.key(), Instant.MAX, join.nextDue(after));
        }
    }

    private JoinState state(String key) {
        JoinState held = stores.states().get(key);
        return held == null ? JoinState.empty(JoinKey.loop(key), JoinKey.eventId(key)) : held;
    }

    private JoinState apply(String key, JoinState before, List<JoinEvent> events, Instant now) {
        JoinState state = before;
        for (JoinEvent event : events) {
            if (event instanceof JoinEvent.Closed closed) {
                publish(key, closed.feedback(), now);
                meters.closed(state, closed.feedback(), now);
            } else if (event instanceof JoinEvent.Fated fated) {
                publish(key, fated.fate(), now);
                meters.fated(state.loop(), fated.fate().kind());
            } else if (event instanceof JoinEvent.Forgotten) {
                stores.decisions().delete(key);
            }
            state = state.apply(event);
        }
        if (state.equals(before)) {
            return before;
        }
        boolean holdsNothing = state.equals(JoinState.empty(state.loop(), state.eventId()));
        stores.states().put(key, holdsNothing ? null : state);
        return state;
    }

    private void publish(String key, FeedbackRevision feedback, Instant now) {
        String eventId = JoinKey.eventId(key);
        byte[] decision = stores.decisions().get(key);
        byte[] value = FeedbackJson.bytes(JoinKey.loop(key), eventId, feedback, decision);
        RecordHeaders headers =
                EventHeaders.of(EventType.FEEDBACK, key + "/" + feedback.revision(), FeedbackTopology.APPLICATION, now);
        forward(new Routed.ToTopic(Topics.FEEDBACK, value), eventId, headers, now);
    }

    private void publish(String key, Fate fate, Instant now) {
        Fate told = fate.kind() == FateKind.CONFLICTING
                ? fate.withDecision(new String(stores.decisions().get(key), StandardCharsets.UTF_8))
                : fate;
        Routed routed = new Routed.ToTopic(FatesTopic.NAME, Json.bytes(told));
        forward(routed, fate.eventId(), new RecordHeaders(), now);
    }

    private void forward(Routed routed, String eventId, RecordHeaders headers, Instant now) {
        byte[] key = eventId.getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(key, routed, now.toEpochMilli(), headers));
    }
}
