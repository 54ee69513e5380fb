package io.leeway.training;

/** What was done to loops and versions, by whom and why; append-only. */
public interface AuditLog {
    /** Part of the caller's transaction. */
    void add(String loop, String what, Attribution by);
}
