package io.leeway.training.http;

import io.leeway.contracts.rest.Reproduction;
import io.leeway.training.ReproduceVersion;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** Trains a version again to the same weights. */
@Path("/v1/loops/{loop}/versions/{version}/reproduction")
public class ReproductionResource {
    private final ReproduceVersion reproduce;

    ReproductionResource(ReproduceVersion reproduce) {
        this.reproduce = reproduce;
    }

    @POST
    @Blocking
    @Operation(
            summary = "Trains the version again from its provenance alone and compares the weights",
            description = "Answers when the training is over; registers nothing.")
    public Reproduction reproduce(@RestPath String loop, @RestPath long version) throws InterruptedException {
        return reproduce.reproduce(loop, version);
    }
}
