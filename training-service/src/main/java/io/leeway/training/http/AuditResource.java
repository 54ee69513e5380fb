package io.leeway.training.http;

import io.leeway.contracts.rest.AuditEntry;
import io.leeway.contracts.rest.AuditVerdict;
import io.leeway.kit.UnknownLoopException;
import io.leeway.training.AuditLog;
import io.leeway.training.Loops;
import io.leeway.training.Page;
import io.leeway.training.VerifyAudit;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What was done to a loop, by whom and why; outlives the loop. */
@Path("/v1/loops/{loop}/audit")
public class AuditResource {
    private final AuditLog audit;
    private final VerifyAudit verify;
    private final Loops loops;

    AuditResource(AuditLog audit, VerifyAudit verify, Loops loops) {
        this.audit = audit;
        this.verify = verify;
        this.loops = loops;
    }

    @GET
    @Operation(summary = "The audit log, newest entry first; after: the position of the last of the page before")
    public List<AuditEntry> entries(@RestPath String loop, @BeanParam PageQuery query) {
        requireKnown(loop);
        return audit.page(loop, query.page());
    }

    @GET
    @Path("verify")
    @Operation(
            summary = "Computes the log's hashes again and says where the first entry does not fit",
            description =
                    "head: a hash that was noted earlier and must still be there, which shows that the end was not cut"
                            + " off.")
    public AuditVerdict verify(@RestPath String loop, @RestQuery Optional<String> head) {
        requireKnown(loop);
        return verify.verify(loop, head);
    }

    private void requireKnown(String loop) {
        if (loops.find(loop).isEmpty() && audit.page(loop, Page.first(1)).isEmpty()) {
            throw new UnknownLoopException(loop);
        }
    }
}
