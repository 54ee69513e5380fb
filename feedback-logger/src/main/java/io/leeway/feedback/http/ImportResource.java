package io.leeway.feedback.http;

import io.leeway.contracts.rest.HistoryLine;
import io.leeway.contracts.rest.ImportResult;
import io.leeway.feedback.ImportFeedback;
import io.leeway.kit.LoopDirectory;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** History that comes in from outside. */
@Path("/v1/loops/{loop}/imports")
@Tag(name = "imports")
@Produces(MediaType.APPLICATION_JSON)
public class ImportResource {
    private final ImportFeedback imports;
    private final LoopDirectory loops;

    ImportResource(ImportFeedback imports, LoopDirectory loops) {
        this.imports = imports;
        this.loops = loops;
    }

    @POST
    @Consumes("application/x-ndjson")
    @Operation(
            summary = "Takes in decisions with their rewards that somebody else took, one JSON object per line",
            description = "Goes around the live join. Can be repeated: what is there already is a duplicate.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/x-ndjson",
                            schema =
                                    @Schema(
                                            description = "one of it on each line",
                                            implementation = HistoryLine.class)))
    public ImportResult run(String loop, InputStream lines) {
        BufferedReader reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8));
        return imports.run(loops.get(loop), reader.lines().iterator());
    }
}
