package io.leeway.prediction.http.personalizer;

import io.leeway.contracts.Loop;
import io.leeway.kit.Bodies;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;

/** The loop's settings, asked for and changed at training-service, which owns loops. */
@Path("/personalizer/{version: v1\\.0|v1\\.1-preview\\.1|v1\\.1-preview\\.3}/configurations/service")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Personalizer")
@Blocking
public class ConfigurationResource {
    private final Keys keys;
    private final LoopOwner owner;

    ConfigurationResource(Keys keys, LoopOwner owner) {
        this.keys = keys;
        this.owner = owner;
    }

    @GET
    @Operation(operationId = "personalizerConfiguration", summary = "The loop's settings (Personalizer)")
    @APIResponse(responseCode = "200", description = "the settings")
    @APIResponse(responseCode = "503", description = "training-service is away")
    public ServiceConfiguration get(@RestPath String version, @RestHeader(Keys.HEADER) String key) {
        return Configuration.of(owner.get(keys.loop(key)));
    }

    @PUT
    @Operation(
            operationId = "personalizerConfigure",
            summary = "Change the loop's settings (Personalizer)",
            description = "What the body leaves out stays as it is.")
    @APIResponse(responseCode = "200", description = "the settings as they are now")
    @APIResponse(responseCode = "503", description = "training-service is away")
    public ServiceConfiguration put(
            @RestPath String version, @RestHeader(Keys.HEADER) String key, ServiceConfiguration wanted) {
        Loop loop = owner.get(keys.loop(key));
        return Configuration.of(owner.put(loop.name(), Configuration.changed(loop.settings(), Bodies.require(wanted))));
    }
}
