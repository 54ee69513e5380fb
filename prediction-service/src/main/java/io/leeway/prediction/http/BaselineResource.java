package io.leeway.prediction.http;

import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import io.leeway.prediction.Baseline;
import io.leeway.prediction.PredictionConfig;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What a decision is compared with by a load benchmark: the same server taking and answering the same bytes, without and with one
 * bare record sent. Answers only where the configuration says so.
 */
@Path("/baselines")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
public class BaselineResource {
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.ISO_8859_1);

    private final boolean enabled;
    private final Baseline baseline;
    private volatile byte[] answer = NOTHING;
    private volatile byte[] record = NOTHING;

    BaselineResource(PredictionConfig config, Baseline baseline) {
        this.enabled = config.baselines();
        this.baseline = baseline;
    }

    @PUT
    @Path("/answer")
    @Operation(hidden = true)
    public void setAnswer(byte[] body) {
        requireEnabled();
        answer = body;
    }

    @PUT
    @Path("/record")
    @Operation(hidden = true)
    public void setRecord(byte[] body) {
        requireEnabled();
        record = body;
    }

    /** Baseline A. */
    @POST
    @Path("/answer")
    @Operation(hidden = true)
    public byte[] answer(byte[] body) {
        requireEnabled();
        return answer;
    }

    /** Baseline B. */
    @POST
    @Path("/record")
    @Operation(hidden = true)
    public byte[] record(byte[] body) {
        requireEnabled();
        baseline.send(record);
        return answer;
    }

    private void requireEnabled() {
        if (!enabled) {
            throw new ProblemException(ProblemType.NOT_FOUND, "must be enabled: prediction-service.baselines=false");
        }
    }
}
