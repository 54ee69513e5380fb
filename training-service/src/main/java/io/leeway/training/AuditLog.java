package io.leeway.training;

import io.leeway.contracts.rest.AuditEntry;
import java.util.List;

/** What was done to loops and versions, by whom and why; append-only, and chained by hashes. */
public interface AuditLog {
    /** Part of the caller's transaction. */
    void add(String loop, String what, Attribution by);

    /** Newest first. */
    List<AuditEntry> page(String loop, Page page);

    /** A loop's log, oldest entry first. */
    List<ChainLink> entries(String loop);

    /** The history of a loop's roles, oldest entry first. */
    List<ChainLink> roles(String loop);
}
