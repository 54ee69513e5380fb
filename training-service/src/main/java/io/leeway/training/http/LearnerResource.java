package io.leeway.training.http;

import io.leeway.contracts.rest.Checkpoint;
import io.leeway.contracts.rest.LearnerStatus;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import io.leeway.kit.UnknownLoopException;
import io.leeway.training.Checkpoints;
import io.leeway.training.ContinuousLearning;
import io.leeway.training.Loops;
import io.leeway.training.Page;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Continuous learners: how they stand, and what they have published. */
@Path("/v1/loops/{loop}")
public class LearnerResource {
    private static final Instant FOREVER = Instant.parse("9999-01-01T00:00:00Z");

    private final Loops loops;
    private final ContinuousLearning learning;
    private final Checkpoints checkpoints;

    LearnerResource(Loops loops, ContinuousLearning learning, Checkpoints checkpoints) {
        this.loops = loops;
        this.learning = learning;
        this.checkpoints = checkpoints;
    }

    @GET
    @Path("learner")
    @Operation(
            summary = "How the loop's continuous learner stands; 404 for a loop without one",
            description =
                    "For auto with its members, best first: what each predicted is compared with what came, before it"
                            + " learns from it, and they count by that.")
    public LearnerStatus learner(@RestPath String loop) {
        requireLoop(loop);
        return learning.status(loop)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "must have an online learner: loop=" + loop));
    }

    @GET
    @Path("checkpoints")
    @Operation(summary = "Checkpoints that are kept, newest first; before: made before this time, ISO 8601")
    public List<Checkpoint> checkpoints(
            @RestPath String loop, @RestQuery @DefaultValue("50") int limit, @RestQuery String before) {
        requireLoop(loop);
        return checkpoints.page(loop, Page.first(limit).limit(), before == null ? FOREVER : time(before));
    }

    @GET
    @Path("checkpoints/{version}/{feedbacks}/artifact")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "A checkpoint as a safetensors file")
    public byte[] artifact(@RestPath String loop, @RestPath long version, @RestPath long feedbacks) {
        requireLoop(loop);
        return checkpoints
                .artifact(loop, version, feedbacks)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "must be kept: checkpoint=" + version + "+" + feedbacks));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (java.time.format.DateTimeParseException e) {
            throw new io.leeway.contracts.ContractViolation("before", "must be a time, ISO 8601", text);
        }
    }

    private void requireLoop(String loop) {
        if (loops.find(loop).isEmpty()) {
            throw new UnknownLoopException(loop);
        }
    }
}
