package io.leeway.prediction.kafka;

import io.leeway.contracts.Decision;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.kit.Problems;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.kit.kafka.EventPublisher;
import io.leeway.prediction.Answers;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.internals.Topic;
import org.jboss.logging.Logger;

/** Answers on the topic that a request names. */
@Singleton
public class ReplyPublisher {
    private static final Logger LOG = Logger.getLogger(ReplyPublisher.class);
    private static final String OWN_TOPICS = "leeway.";
    private static final int ATTEMPTS = 3;

    private final EventPublisher publisher;

    ReplyPublisher(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /** @throws UnusableEventException if nobody should answer there; whoever may ask must not be able to forge decisions */
    static void requireUsable(String topic) {
        try {
            Topic.validate(topic);
        } catch (InvalidTopicException e) {
            throw new UnusableEventException("must be a topic name: " + Headers.REPLY_TOPIC + "=" + topic, e);
        }
        if (topic.startsWith(OWN_TOPICS)) {
            throw new UnusableEventException(
                    "must not begin with " + OWN_TOPICS + ": " + Headers.REPLY_TOPIC + "=" + topic);
        }
    }

    /** @throws UnusableEventException if the topic does not take the answer; the decision has been made and logged by then */
    void reply(String topic, ConsumerRecord<String, byte[]> request, Decision decision) throws InterruptedException {
        RecordHeaders headers = publisher.headers(EventType.DECISION, decision.eventId());
        ProducerRecord<String, byte[]> answer =
                new ProducerRecord<>(topic, null, null, request.key(), Json.bytes(Answers.of(decision)), headers);
        try {
            Retrying.times(ATTEMPTS, () -> publisher.send(answer));
        } catch (IllegalStateException e) {
            throw new UnusableEventException(
                    "must be a topic that takes replies: " + Headers.REPLY_TOPIC + "=" + topic + " (" + e.getMessage()
                            + ")",
                    e);
        }
    }

    /** Says why there is no answer, where one was wanted; a topic that takes no replies does not get that either. */
    void refuse(ConsumerRecord<String, byte[]> request, RuntimeException why) throws InterruptedException {
        String topic = EventHeaders.text(request.headers(), Headers.REPLY_TOPIC).orElse(null);
        if (topic == null || !isUsable(topic)) {
            return;
        }
        String place = request.topic() + "-" + request.partition() + "-" + request.offset();
        ProducerRecord<String, byte[]> answer =
                new ProducerRecord<>(topic, request.key(), Json.bytes(Problems.of(why, place)));
        EventHeaders.add(answer.headers(), Headers.CONTENT_TYPE, Problems.MEDIA_TYPE);
        try {
            Retrying.times(ATTEMPTS, () -> publisher.send(answer));
        } catch (IllegalStateException e) {
            LOG.warnf("a refusal could not be told on topic %s: %s", topic, e.getMessage());
        }
    }

    private static boolean isUsable(String topic) {
        try {
            requireUsable(topic);
            return true;
        } catch (UnusableEventException e) {
            return false;
        }
    }
}
