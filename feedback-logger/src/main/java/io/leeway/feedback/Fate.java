package io.leeway.feedback;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Instant;

/**
 * The last word on what became of one record; a later fate of the same position replaces it.
 *
 * @param position the record's
 * @param time event time of the record
 * @param decision on {@link FateKind#CONFLICTING}: the decision that counts, as it was logged; else absent
 */
public record Fate(
        String loop,
        String eventId,
        FateKind kind,
        Position position,
        Instant time,

        @JsonRawValue @JsonDeserialize(using = RawJson.class)
        String decision) {

    Fate(String loop, String eventId, FateKind kind, Position position, Instant time) {
        this(loop, eventId, kind, position, time, null);
    }

    public Fate withDecision(String decision) {
        return new Fate(loop, eventId, kind, position, time, decision);
    }
}
