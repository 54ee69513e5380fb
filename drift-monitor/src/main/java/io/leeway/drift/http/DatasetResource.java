package io.leeway.drift.http;

import io.leeway.contracts.rest.DriftDataset;
import io.leeway.drift.KeepDatasets;
import io.leeway.kit.LoopDirectory;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Data sets that a loop's inputs can be compared with. */
@Path("/v1/loops/{loop}/drift/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "drift")
@Blocking
public class DatasetResource {
    private final LoopDirectory loops;
    private final KeepDatasets datasets;

    DatasetResource(LoopDirectory loops, KeepDatasets datasets) {
        this.loops = loops;
        this.datasets = datasets;
    }

    @GET
    @Operation(summary = "The data sets of this loop, by name.")
    @APIResponse(responseCode = "200", description = "the data sets")
    @APIResponse(responseCode = "404", description = "there is no such loop")
    @APIResponse(responseCode = "503", description = "another instance watches this loop; the detail names it")
    public List<DriftDataset> all(@PathParam("loop") String loop) {
        return datasets.all(loops.get(loop).name());
    }

    @PUT
    @Path("/{name}")
    @Consumes("application/x-ndjson")
    @Operation(
            summary = "Uploads a data set: a context per line, as a JSON object.",
            description =
                    "Only what the inputs look like is kept. The loop's setting drift.reference names it to compare with.")
    @APIResponse(responseCode = "200", description = "what was kept")
    @APIResponse(responseCode = "400", description = "a line is no JSON object, or the name is none")
    @APIResponse(responseCode = "404", description = "there is no such loop")
    @APIResponse(responseCode = "409", description = "nothing has come of the loop yet")
    @APIResponse(responseCode = "503", description = "another instance watches this loop; the detail names it")
    public DriftDataset put(@PathParam("loop") String loop, @PathParam("name") String name, String lines) {
        return datasets.put(loops.get(loop).name(), name, lines.lines().toList());
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Forgets a data set.")
    @APIResponse(responseCode = "204", description = "there is none of that name any more")
    @APIResponse(responseCode = "404", description = "there is no such loop")
    @APIResponse(responseCode = "503", description = "another instance watches this loop; the detail names it")
    public void forget(@PathParam("loop") String loop, @PathParam("name") String name) {
        datasets.forget(loops.get(loop).name(), name);
    }
}
