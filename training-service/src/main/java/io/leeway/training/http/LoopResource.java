package io.leeway.training.http;

import io.leeway.contracts.Freeze;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopSettings;
import io.leeway.kit.Bodies;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import io.leeway.kit.UnknownLoopException;
import io.leeway.training.ChangeLoops;
import io.leeway.training.Jobs;
import io.leeway.training.Loops;
import io.leeway.training.Versions;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Loops: made, changed, frozen, deleted. */
@Path("/v1/loops")
public class LoopResource {
    private final ChangeLoops changes;
    private final Loops loops;
    private final Versions versions;
    private final Jobs jobs;

    LoopResource(ChangeLoops changes, Loops loops, Versions versions, Jobs jobs) {
        this.changes = changes;
        this.loops = loops;
        this.versions = versions;
        this.jobs = jobs;
    }

    @GET
    @Operation(summary = "All loops by name")
    public List<Loop> all() {
        return loops.all();
    }

    @GET
    @Path("{loop}")
    @Operation(summary = "One loop")
    public Loop get(@RestPath String loop) {
        return loops.find(loop).orElseThrow(() -> new UnknownLoopException(loop));
    }

    @PUT
    @Path("{loop}")
    @Operation(summary = "Makes a loop (201) or changes its settings (200); its kind cannot change (409)")
    public Response put(@RestPath String loop, LoopSettings settings, @BeanParam By by) {
        ChangeLoops.Change change = changes.put(loop, Bodies.require(settings), by.attribution());
        return Response.status(change.created() ? 201 : 200)
                .entity(change.loop())
                .build();
    }

    @DELETE
    @Path("{loop}")
    @Operation(summary = "Deletes a loop if confirm repeats its name; otherwise says what would be removed (409)")
    public Response delete(@RestPath String loop, @RestQuery String confirm, @BeanParam By by) {
        get(loop);
        if (!loop.equals(confirm)) {
            throw new ProblemException(ProblemType.CONFLICT, whatWouldGo(loop, confirm));
        }
        changes.delete(loop, by.attribution());
        return Response.noContent().build();
    }

    @PUT
    @Path("{loop}/freeze")
    @Operation(summary = "Serves one pinned action or version until unfrozen")
    public Loop freeze(@RestPath String loop, Freeze freeze, @BeanParam By by) {
        Freeze wanted = Bodies.require(freeze);
        return changes.freeze(loop, wanted, by.attribution(wanted.reason()));
    }

    @DELETE
    @Path("{loop}/freeze")
    @Operation(summary = "Lets a frozen loop go on")
    public Loop unfreeze(@RestPath String loop, @BeanParam By by) {
        return changes.unfreeze(loop, by.attribution());
    }

    private String whatWouldGo(String loop, String confirm) {
        return "must repeat the loop's name to delete it: confirm=" + confirm + ". This removes the loop " + loop
                + ", its "
                + versions.count(loop) + " model versions with their artifacts, its " + jobs.countOf(loop)
                + " training jobs, and its models on the models topic; predictors answer 404 from then on. Decisions, rewards"
                + " and feedback stay in the log, the audit log stays.";
    }
}
