package io.leeway.feedback.http;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.rest.Event;
import io.leeway.contracts.rest.EventFilter;
import io.leeway.contracts.rest.EventPage;
import io.leeway.contracts.rest.LoopVersions;
import io.leeway.feedback.EventHistory;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** What is known of events. */
@Path("/v1")
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
public class EventResource {
    private final EventHistory history;
    private final LoopDirectory loops;
    private final PageSize pageSize;
    private final Clock clock;

    EventResource(EventHistory history, LoopDirectory loops, PageSize pageSize, Clock clock) {
        this.history = history;
        this.loops = loops;
        this.pageSize = pageSize;
        this.clock = clock;
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

    @GET
    @Path("/loops/{loop}/events")
    @Operation(summary = "The loop's events that have a decision, the newest decision first")
    public EventPage events(
            String loop,
            @RestQuery @Parameter(description = "decided at this time or later, ISO 8601") String from,
            @RestQuery @Parameter(description = "decided before this time, ISO 8601") String to,
            @RestQuery @Parameter(description = "version of the model that decided") Long version,
            @RestQuery @Parameter(description = "action chosen in the slot main, or in the first one") String action,
            @RestQuery
                    @Parameter(description = "status of the newest feedback: matched, defaulted or corrected; or open")
                    String status,
            @RestQuery
                    @Parameter(
                            description =
                                    "path=value in the context, dots between the names; where several are given, all hold")
                    List<String> context,
            @RestQuery @Parameter(description = "at most so many, >= 1") Integer limit,
            @RestQuery @Parameter(description = "what the page before named as next") String after) {
        loops.get(loop);
        EventFilter filter = new EventFilter(
                Instants.read("from", from), Instants.read("to", to), version, action, status, paths(context));
        return history.events(loop, filter, pageSize.of(limit), after);
    }

    private static Map<String, Object> paths(List<String> context) {
        Map<String, Object> paths = new TreeMap<>();
        for (String entry : context == null ? List.<String>of() : context) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw new ContractViolation("context", "must be path=value", entry);
            }
            paths.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
        return paths;
    }

    @GET
    @Path("/loops/{loop}/versions")
    @Operation(summary = "Which model version answered at a time, and how many decisions each version took")
    public LoopVersions versions(
            String loop, @RestQuery @Parameter(description = "the time, ISO 8601; now when absent") String at) {
        return history.versions(loop, at == null ? clock.instant() : Instants.read("at", at));
    }
}
