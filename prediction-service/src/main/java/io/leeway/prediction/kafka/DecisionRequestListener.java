package io.leeway.prediction.kafka;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import io.leeway.kit.ProblemException;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.DeadLetters;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.kit.kafka.EventReader;
import io.leeway.prediction.Decide;
import io.leeway.prediction.EventLog;
import io.leeway.prediction.LogUnavailableException;
import io.leeway.prediction.LoopLimits;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Answers decision requests from Kafka as REST does. Several at once, in any order; the position of the group moves past a
 * request only when its decision, and the reply if one is wanted, have been confirmed. What cannot be decided is refused: a dead
 * letter, and a problem as the reply. So are calls beyond a loop's limit: if they waited, the requests of other loops behind them in
 * the topic would wait too.
 */
@ApplicationScoped
public class DecisionRequestListener {
    private static final String CHANNEL = "decision-requests";

    private final Decide decide;
    private final ReplyPublisher replies;
    private final DeadLetters deadLetters;
    private final StateTopics stateTopics;
    private final EventLog log;
    private final LoopLimits limits;

    DecisionRequestListener(
            Decide decide,
            LoopLimits limits,
            ReplyPublisher replies,
            DeadLetters deadLetters,
            StateTopics stateTopics,
            EventLog log) {
        this.decide = decide;
        this.replies = replies;
        this.deadLetters = deadLetters;
        this.stateTopics = stateTopics;
        this.log = log;
        this.limits = limits;
    }

    @Incoming(CHANNEL)
    @Blocking(value = CHANNEL, ordered = false)
    void listen(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        stateTopics.awaitRead();
        try {
            answer(record);
        } catch (UnusableEventException | ContractViolation | ProblemException e) {
            replies.refuse(record, e);
            Retrying.untilDone(() -> deadLetters.send(record, e.getMessage()));
        }
    }

    private void answer(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        EventReader.type(record.headers(), EventType.DECISION_REQUEST);
        DecisionRequest request = EventReader.read(record.value(), DecisionRequest.class);
        if (request.loop() == null) {
            throw new UnusableEventException("must be given: loop=null");
        }
        Optional<String> replyTopic = EventHeaders.text(record.headers(), Headers.REPLY_TOPIC);
        replyTopic.ifPresent(ReplyPublisher::requireUsable);
        limits.admit(request.loop());
        Decision decision = untilLogged(request.eventId() == null ? named(request, record) : request);
        // A journal is of one machine, the position of the group is not: it moves only past what the broker has.
        Retrying.untilDone(log::shipped);
        if (replyTopic.isPresent()) {
            replies.reply(replyTopic.get(), record, decision);
        }
    }

    /** A broker that is away comes back; until then the request waits where it is, in its topic. */
    private Decision untilLogged(DecisionRequest request) throws InterruptedException {
        while (true) {
            try {
                return decide.answer(request.loop(), request);
            } catch (LogUnavailableException e) {
                TimeUnit.MILLISECONDS.sleep(e.retryAfter().toMillis());
            }
        }
    }

    /** The record's key, or its place: not a random id, or a request that is read twice would be decided twice. */
    private static DecisionRequest named(DecisionRequest request, ConsumerRecord<String, byte[]> record) {
        boolean keyed = record.key() != null && !record.key().isBlank();
        String eventId = keyed ? record.key() : record.topic() + "-" + record.partition() + "-" + record.offset();
        return new DecisionRequest(
                request.loop(),
                eventId,
                request.time(),
                request.context(),
                request.actions(),
                request.excluded(),
                request.deferred(),
                request.slots(),
                request.episode(),
                request.baseline(),
                request.explain(),
                request.other());
    }
}
