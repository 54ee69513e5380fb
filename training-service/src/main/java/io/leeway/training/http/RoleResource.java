package io.leeway.training.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.contracts.rest.RoleChange;
import io.leeway.contracts.rest.RoleHolder;
import io.leeway.kit.Bodies;
import io.leeway.kit.UnknownLoopException;
import io.leeway.training.Attribution;
import io.leeway.training.Loops;
import io.leeway.training.RoleHistory;
import io.leeway.training.Roles;
import io.leeway.training.RollOut;
import io.leeway.training.VersionFilter;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Which version of a loop holds which role, now and at any time before. */
@Path("/v1/loops/{loop}")
public class RoleResource {
    private final Loops loops;
    private final Roles roles;
    private final RollOut rollOut;
    private final RoleHistory history;
    private final Clock clock;

    RoleResource(Loops loops, Roles roles, RollOut rollOut, RoleHistory history, Clock clock) {
        this.loops = loops;
        this.roles = roles;
        this.rollOut = rollOut;
        this.history = history;
        this.clock = clock;
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
    @Path("roles/{role}")
    @Operation(
            summary = "Which version holds a role at a time; at: ISO 8601, now when absent",
            description =
                    "As the registry decided it; predictors follow within a second. Works for deleted loops, too.")
    public RoleHolder holder(@RestPath String loop, @RestPath String role, @RestQuery String at) {
        Instant time = at == null ? clock.instant() : VersionFilter.time("at", at);
        ModelRole wanted = ModelRole.of(role);
        return history.at(loop, wanted, time).orElseGet(() -> {
            requireLoop(loop);
            return new RoleHolder(loop, role, time, null, null, null, null, null);
        });
    }

    @GET
    @Path("roles/{role}/history")
    @Operation(summary = "Every version that held a role, newest first; after: the id of the last of the page before")
    public List<RoleChange> history(@RestPath String loop, @RestPath String role, @BeanParam PageQuery query) {
        return changes(loop, Optional.of(ModelRole.of(role)), query);
    }

    @GET
    @Path("roles")
    @Operation(summary = "Every change of every role, newest first; after: the id of the last of the page before")
    public List<RoleChange> all(@RestPath String loop, @BeanParam PageQuery query) {
        return changes(loop, Optional.empty(), query);
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

    private List<RoleChange> changes(String loop, Optional<ModelRole> role, PageQuery query) {
        List<RoleChange> changes = history.page(loop, role, query.page());
        if (changes.isEmpty()) {
            requireLoop(loop);
        }
        return changes;
    }

    private void requireLoop(String loop) {
        if (loops.find(loop).isEmpty()) {
            throw new UnknownLoopException(loop);
        }
    }
}
