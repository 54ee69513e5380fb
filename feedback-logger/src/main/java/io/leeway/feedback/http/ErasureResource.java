package io.leeway.feedback.http;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.rest.Erasure;
import io.leeway.contracts.rest.ErasureRequest;
import io.leeway.feedback.Erasures;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Erasure on request of a person. The events of a loop that was deleted can be erased, too. */
@Path("/v1/loops/{loop}/erasures")
@Tag(name = "erasures")
@Produces(MediaType.APPLICATION_JSON)
public class ErasureResource {
    private final Erasures erasures;
    private final PageSize pageSize;

    ErasureResource(Erasures erasures, PageSize pageSize) {
        this.erasures = erasures;
        this.pageSize = pageSize;
    }

    @POST
    @Operation(
            summary = "Erases events with everything that is kept of them in the database",
            description =
                    "They do not come back, neither by late records nor by a rebuild. What Kafka holds goes with the"
                            + " retention of its topics: goneFromKafkaBy says when.")
    public Erasure erase(String loop, ErasureRequest request) {
        if (request == null) {
            throw new ContractViolation("eventIds", "must be given, or contextPath", null);
        }
        return erasures.erase(loop, request.requireOneWay());
    }

    @GET
    @Operation(summary = "What has been erased: how much, when, and why, but not what; the newest first")
    public List<Erasure> log(
            String loop,
            @RestQuery @Parameter(description = "at most so many, >= 1") Integer limit,
            @RestQuery @Parameter(description = "id of the last entry of the page before") Long after) {
        return erasures.log(loop, pageSize.of(limit), after == null ? Long.MAX_VALUE : after);
    }
}
