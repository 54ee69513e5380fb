package io.leeway.feedback.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import io.leeway.contracts.Json;
import io.leeway.feedback.FeedbackRevision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes an {@code io.leeway.contracts.Feedback} around the decision as it was logged, which is not parsed for it. */
final class FeedbackJson {
    private static final int ROOM_FOR_THE_REST = 1024;

    private FeedbackJson() {}

    static byte[] bytes(String loop, String eventId, FeedbackRevision feedback, byte[] decision) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(decision.length + ROOM_FOR_THE_REST);
        try (JsonGenerator json = Json.mapper().getFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("loop", loop);
            json.writeStringField("eventId", eventId);
            json.writeNumberField("revision", feedback.revision());
            json.writePOJOField("status", feedback.status());
            json.writeNumberField("reward", feedback.reward());
            json.writePOJOField("slotRewards", feedback.slotRewards());
            json.writePOJOField("rewards", feedback.rewards());
            json.writeStringField("closedAt", feedback.closedAt().toString());
            json.writeBooleanField("imported", false);
            // Last, so that who wants the fields above need not read it; as bytes, since they are JSON in UTF-8
            // already.
            json.writeFieldName("decision");
            json.writeRawValue("");
            json.flush();
            out.write(decision);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be written as JSON: eventId=" + eventId, e);
        }
        return out.toByteArray();
    }
}
