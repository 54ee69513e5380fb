package io.leeway.training.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.kit.Bodies;
import io.leeway.kit.UnknownLoopException;
import io.leeway.training.Attribution;
import io.leeway.training.Loops;
import io.leeway.training.RegistryException;
import io.leeway.training.Roles;
import io.leeway.training.RollOut;
import io.leeway.training.Rollouts;
import io.leeway.training.Versions;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Model versions of a loop, and which of them is champion. */
@Path("/v1/loops/{loop}")
public class VersionResource {
    private final Loops loops;
    private final Versions versions;
    private final Roles roles;
    private final Rollouts rollouts;
    private final RollOut rollOut;

    VersionResource(Loops loops, Versions versions, Roles roles, Rollouts rollouts, RollOut rollOut) {
        this.loops = loops;
        this.versions = versions;
        this.roles = roles;
        this.rollouts = rollouts;
        this.rollOut = rollOut;
    }

    /** A promotion by hand. */
    public record Promotion(
            @JsonPropertyDescription("the version that shall have the role; an older champion is a rollback")
            Long version,

            @JsonPropertyDescription("why, in words") String reason,
            @JsonPropertyDescription("who wants it") String by) {
        public Promotion {
            if (version == null || version < 1) {
                throw new ContractViolation("version", "must be >= 1", version);
            }
        }
    }

    @GET
    @Path("versions")
    @Operation(summary = "Versions, newest first; after: the last version of the page before")
    public List<ModelVersion> versions(
            @RestPath String loop, @RestQuery @DefaultValue("50") int limit, @RestQuery Optional<Long> after) {
        requireLoop(loop);
        return versions.page(loop, Page.limit(limit), after.orElse(Long.MAX_VALUE));
    }

    @GET
    @Path("versions/{version}")
    @Operation(summary = "One version: metrics, gates, provenance, roles")
    public ModelVersion version(@RestPath String loop, @RestPath long version) {
        requireLoop(loop);
        ModelVersion found =
                versions.find(loop, version).orElseThrow(() -> RegistryException.unknownVersion(loop, version));
        return rollouts.ofVersion(loop, version)
                .map(rollout -> found.withGate(rollout.verdict()))
                .orElse(found);
    }

    @GET
    @Path("versions/{version}/artifact")
    @Operation(summary = "The version's safetensors file")
    public Response artifact(@RestPath String loop, @RestPath long version) {
        ModelVersion found = version(loop, version);
        byte[] bytes =
                versions.artifact(loop, version).orElseThrow(() -> RegistryException.unknownVersion(loop, version));
        return Response.ok(bytes, "application/octet-stream")
                .header("Content-Disposition", "attachment; filename=\"" + loop + "-" + version + ".safetensors\"")
                .header("ETag", "\"" + found.sha256() + "\"")
                .build();
    }

    @PUT
    @Path("roles/champion")
    @Operation(summary = "Makes a version champion by hand; an older one is a rollback")
    public ModelVersion promote(@RestPath String loop, Promotion promotion) {
        Promotion wanted = Bodies.require(promotion);
        return rollOut.promoteByHand(loop, wanted.version(), new Attribution(wanted.by(), wanted.reason()));
    }

    @PUT
    @Path("roles/{role: challenger|shadow}")
    @Operation(
            summary = "Makes a version challenger or shadow",
            description =
                    "A challenger makes the loop's canary share of the decisions; a shadow is asked beside and never"
                            + " served.")
    public ModelVersion give(@RestPath String loop, @RestPath String role, Promotion wanted) {
        Promotion given = Bodies.require(wanted);
        return roles.give(loop, ModelRole.of(role), given.version(), new Attribution(given.by(), given.reason()));
    }

    @DELETE
    @Path("roles/{role: challenger|shadow}")
    @Operation(summary = "Leaves the role of challenger or shadow vacant")
    public void take(@RestPath String loop, @RestPath String role, @BeanParam By by) {
        requireLoop(loop);
        roles.take(loop, ModelRole.of(role), by.attribution());
    }

    private void requireLoop(String loop) {
        if (loops.find(loop).isEmpty()) {
            throw new UnknownLoopException(loop);
        }
    }
}
