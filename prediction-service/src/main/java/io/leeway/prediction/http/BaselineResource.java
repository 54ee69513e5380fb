package io.leeway.prediction.http;

import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import io.leeway.prediction.Baseline;
import io.leeway.prediction.PredictionConfig;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
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
    /** Several, in turns: the same record again and again would be compressed to nothing. */
    private final List<byte[]> records = new CopyOnWriteArrayList<>();

    private final AtomicInteger next = new AtomicInteger();

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

    @DELETE
    @Path("/record")
    @Operation(hidden = true)
    public void removeRecords() {
        requireEnabled();
        records.clear();
    }

    /** One record more. */
    @PUT
    @Path("/record")
    @Operation(hidden = true)
    public void addRecord(byte[] body) {
        requireEnabled();
        records.add(body);
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
        baseline.send(records.get(Math.floorMod(next.getAndIncrement(), records.size())));
        return answer;
    }

    private void requireEnabled() {
        if (!enabled) {
            throw new ProblemException(ProblemType.NOT_FOUND, "must be enabled: prediction-service.baselines=false");
        }
    }
}
