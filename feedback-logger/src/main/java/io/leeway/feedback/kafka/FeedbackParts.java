package io.leeway.feedback.kafka;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.leeway.contracts.EventType;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Json;
import io.leeway.feedback.LoggedFeedback;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.EventReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes a document of feedback apart: its decision is stored by itself already, and is larger than all the rest. */
final class FeedbackParts {
    private static final int ROOM = 512;

    private final byte[] document;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream(ROOM);
    private String decision;
    private String decisionTime;

    /** Whether it has been read that the decision came by the decisions topic, from where it is stored. */
    private boolean decisionStored;

    private FeedbackParts(byte[] document) {
        this.document = document;
    }

    /** The fields that have columns. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Head(
            String loop,
            String eventId,
            int revision,
            FeedbackStatus status,
            double reward,
            boolean imported,
            Instant closedAt) {
        Head {
            boolean complete = loop != null && eventId != null && revision > 0 && status != null && closedAt != null;
            if (!complete) {
                throw new UnusableEventException(
                        "must have loop, eventId, revision, status and closedAt: eventId=" + eventId);
            }
        }
    }

    /** @throws UnusableEventException naming what is wrong */
    static LoggedFeedback read(ConsumerRecord<String, byte[]> record) {
        EventReader.type(record.headers(), EventType.FEEDBACK);
        if (record.value() == null) {
            throw new UnusableEventException("must have a value: feedback=null");
        }
        FeedbackParts parts = new FeedbackParts(record.value());
        parts.split();
        byte[] rest = parts.rest.toByteArray();
        Head head = EventReader.read(rest, Head.class);
        return new LoggedFeedback(
                head.loop(),
                head.eventId(),
                parts.time(),
                head.revision(),
                head.status(),
                head.reward(),
                head.imported(),
                head.closedAt(),
                new String(rest, StandardCharsets.UTF_8),
                head.imported() ? parts.decision : null,
                RecordLanding.position(record));
    }

    private void split() {
        try (JsonParser in = Json.mapper().getFactory().createParser(document);
                JsonGenerator out = Json.mapper().getFactory().createGenerator(rest)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new UnusableEventException("must be an object: feedback");
            }
            out.writeStartObject();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                if (!in.currentName().equals("decision")) {
                    out.copyCurrentStructure(in);
                    decisionStored |= in.currentToken() == JsonToken.VALUE_FALSE
                            && in.currentName().equals("imported");
                } else {
                    in.nextToken();
                    readDecision(in);
                    if (decisionStored && decisionTime != null) {
                        break;
                    }
                }
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UnusableEventException(Json.unreadable(e).getMessage());
        }
    }

    /**
     * Of a decision that is stored already, no more is read than its time: the join writes decisions last, as they were taken in, so
     * that nothing comes after it that would have to be kept.
     */
    private void readDecision(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw new UnusableEventException("must be an object: decision");
        }
        int from = (int) in.currentTokenLocation().getByteOffset();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            boolean time = in.currentName().equals("time");
            in.nextToken();
            if (time) {
                decisionTime = in.getText();
                if (decisionStored) {
                    return;
                }
            } else {
                in.skipChildren();
            }
        }
        int to = (int) in.currentLocation().getByteOffset();
        decision = new String(document, from, to - from, StandardCharsets.UTF_8);
    }

    private Instant time() {
        try {
            return Instant.parse(decisionTime == null ? "" : decisionTime);
        } catch (DateTimeException e) {
            throw new UnusableEventException("must be an ISO 8601 time: decision.time=" + decisionTime);
        }
    }
}
