package io.leeway.training.http;

import io.leeway.contracts.rest.Republication;
import io.leeway.training.Republish;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** Loops and models once more, where the topics lack them. */
@Path("/v1/republish")
public class RepublishResource {
    private final Republish republish;

    RepublishResource(Republish republish) {
        this.republish = republish;
    }

    @POST
    @Blocking
    @Operation(
            summary = "Publishes loops and models again where the topics lack what the registry says",
            description = "remove: also takes away what the topics have and the registry has not, as after a restore."
                    + " Happens by itself at start, without remove.")
    public Republication republish(@RestQuery @DefaultValue("false") boolean remove) {
        return republish.run(remove);
    }
}
