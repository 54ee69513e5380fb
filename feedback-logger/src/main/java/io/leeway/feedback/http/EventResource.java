package io.leeway.feedback.http;

import io.leeway.contracts.rest.Event;
import io.leeway.feedback.EventHistory;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is known of one event. */
@Path("/v1")
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
public class EventResource {
    private final EventHistory history;
    private final LoopDirectory loops;

    EventResource(EventHistory history, LoopDirectory loops) {
        this.history = history;
        this.loops = loops;
    }

    @GET
    @Path("/events/{eventId}")
    @Operation(summary = "Everything that is known of an event id, in every loop that has it")
    public List<Event> events(String eventId) {
        return history.events(eventId);
    }

    @GET
    @Path("/loops/{loop}/events/{eventId}")
    @Operation(summary = "The decision of an event id with its rewards, activations and feedback")
    public Event event(String loop, String eventId) {
        // The events of a loop that was deleted stay in the log.
        return history.event(loop, eventId).orElseThrow(() -> {
            loops.get(loop);
            return new ProblemException(
                    ProblemType.NOT_FOUND, "must be an event that the loop has: eventId=" + eventId);
        });
    }
}
