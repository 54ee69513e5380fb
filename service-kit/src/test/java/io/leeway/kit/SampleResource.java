package io.leeway.kit;

import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.rest.Problem.FieldError;
import jakarta.validation.constraints.Max;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** Calls that go well or wrong in every way that a service's calls can. */
@Path("/v1/sample")
public class SampleResource {
    private final LoopDirectory loops;

    SampleResource(LoopDirectory loops) {
        this.loops = loops;
    }

    @POST
    @Path("decisions")
    @Consumes(MediaType.APPLICATION_JSON)
    public DecisionRequest echo(DecisionRequest request) {
        return Bodies.require(request);
    }

    @POST
    @Path("settings")
    @Consumes(MediaType.APPLICATION_JSON)
    public LoopSettings echo(LoopSettings settings) {
        return settings;
    }

    @POST
    @Path("rewards")
    @Consumes(MediaType.APPLICATION_JSON)
    public Reward echo(Reward reward) {
        return reward;
    }

    @GET
    @Path("loops/{loop}")
    public Loop loop(@PathParam("loop") String loop) {
        return loops.get(loop);
    }

    @GET
    @Path("limited")
    public Map<String, Object> limited(@QueryParam("limit") @Max(10) int limit) {
        return Map.of("limit", limit);
    }

    @GET
    @Path("violation")
    public RewardRange violation() {
        return new RewardRange(2.0, 1.0, null);
    }

    @GET
    @Path("conflict")
    public String conflict() {
        throw new ProblemException(
                ProblemType.CONFLICT, "must be confirmed: loop=a", List.of(new FieldError("confirm", "must be a")));
    }

    @GET
    @Path("unavailable")
    public String unavailable() {
        throw new ServiceUnavailableException();
    }

    @GET
    @Path("failure")
    public String failure() {
        throw new IllegalStateException("jdbc:postgresql://secret", new RuntimeException("root cause"));
    }
}
