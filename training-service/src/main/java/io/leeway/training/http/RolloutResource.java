package io.leeway.training.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.contracts.rest.Rollout;
import io.leeway.kit.Bodies;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import io.leeway.kit.UnknownLoopException;
import io.leeway.training.Attribution;
import io.leeway.training.Loops;
import io.leeway.training.Page;
import io.leeway.training.RollOut;
import io.leeway.training.Rollouts;
import io.leeway.training.VersionRollout;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** How versions are rolled out: looked at, approved, taken back; and the one call that undoes a promotion. */
@Path("/v1/loops/{loop}")
public class RolloutResource {
    private final Loops loops;
    private final Rollouts rollouts;
    private final RollOut rollOut;

    RolloutResource(Loops loops, Rollouts rollouts, RollOut rollOut) {
        this.loops = loops;
        this.rollouts = rollouts;
        this.rollOut = rollOut;
    }

    /** A word of who and why. */
    public record Word(
            @JsonPropertyDescription("why, in words") String reason,
            @JsonPropertyDescription("who wants it") String by) {
        Attribution attribution() {
            return new Attribution(by, reason);
        }
    }

    /** Something is wrong with a version that is tried. */
    public record Alarm(
            @JsonPropertyDescription("the version that misbehaves, >= 1")
            Long modelVersion,

            @JsonPropertyDescription("what is wrong, in words")
            String reason,

            @JsonPropertyDescription("who says so") String by) {
        public Alarm {
            if (modelVersion == null || modelVersion < 1) {
                throw new ContractViolation("modelVersion", "must be >= 1", modelVersion);
            }
        }
    }

    @GET
    @Path("rollout")
    @Operation(summary = "The rollout that goes on, or the last one; 404 if there was none")
    public Rollout rollout(@RestPath String loop) {
        requireLoop(loop);
        return rollouts.page(loop, Page.first(1)).stream()
                .findFirst()
                .map(VersionRollout::toRest)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "must have had a rollout: loop=" + loop));
    }

    @GET
    @Path("rollouts")
    @Operation(summary = "Rollouts, newest first")
    public List<Rollout> all(@RestPath String loop, @BeanParam PageQuery query) {
        requireLoop(loop);
        return rollouts.page(loop, query.page()).stream()
                .map(VersionRollout::toRest)
                .toList();
    }

    @POST
    @Path("rollout/approve")
    @Operation(summary = "Makes the version that is rolled out champion, whatever is proven so far")
    public Rollout approve(@RestPath String loop, Word word) {
        return rollOut.approve(loop, Bodies.require(word).attribution()).toRest();
    }

    @DELETE
    @Path("rollout")
    @Operation(summary = "Takes back the version that is rolled out; the champion stays")
    public Rollout stop(@RestPath String loop, @BeanParam By by) {
        requireLoop(loop);
        return rollOut.stop(loop, by.attribution()).toRest();
    }

    @POST
    @Path("rollout/alarm")
    @Operation(
            summary = "Takes back a version that is rolled out, at once, because it fails or is slow",
            description = "For monitors; predictors say so by themselves. An alarm of another version changes nothing.")
    public Rollout alarm(@RestPath String loop, Alarm alarm) {
        Alarm wanted = Bodies.require(alarm);
        String reason = wanted.reason() == null ? "no reason given" : wanted.reason();
        return rollOut.alarm(loop, wanted.modelVersion(), reason, new Attribution(wanted.by(), reason))
                .map(VersionRollout::toRest)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "must be a version that was rolled out: modelVersion=" + wanted.modelVersion()));
    }

    @POST
    @Path("rollback")
    @Operation(
            summary = "Undoes the last promotion: the champion before is champion again",
            description =
                    "Its artifact is verified first; if it cannot be served nothing moves (409). Ends a rollout that"
                            + " goes on. Called again it goes back one more.")
    public ModelVersion rollback(@RestPath String loop, Word word) {
        return rollOut.undo(loop, Bodies.require(word).attribution());
    }

    private void requireLoop(String loop) {
        if (loops.find(loop).isEmpty()) {
            throw new UnknownLoopException(loop);
        }
    }
}
