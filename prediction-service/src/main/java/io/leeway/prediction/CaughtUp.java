package io.leeway.prediction;

/** Whether the loops and models that there were at the start have been read. Thread safe; does not block. */
@FunctionalInterface
public interface CaughtUp {
    /** True for ever after it has been true. */
    boolean done();
}
