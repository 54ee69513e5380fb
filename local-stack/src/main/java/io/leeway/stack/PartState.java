package io.leeway.stack;

import java.time.Instant;

/**
 * One process of a stack as others see it: broker, database or service.
 *
 * @param process absent while there is none
 * @param stopSignal what makes it end in good order
 * @param startedAt of the present process, absent while there is none
 * @param startSeconds from its start until it was ready
 * @param restarts after crashes, since the stack came up
 */
public record PartState(
        String name,
        Condition condition,
        ProcessIdentity process,
        Signal stopSignal,
        int port,
        Instant startedAt,
        double startSeconds,
        int restarts,
        String logFile) {

    /** Where a part is in its life. */
    public enum Condition {
        STARTING,
        UP,
        /** Crashed; waits for its next start. */
        CRASHED,
        /** Crashed too often and is left down. */
        FAILED,
        DOWN
    }

    /** The same part when its process turns out to have ended without anybody noting it. */
    PartState seenFromOutside() {
        boolean alive = process != null && process.alive();
        return alive
                ? this
                : new PartState(
                        name,
                        condition == Condition.UP ? Condition.DOWN : condition,
                        null,
                        stopSignal,
                        port,
                        null,
                        startSeconds,
                        restarts,
                        logFile);
    }

    /** Memory in use, bytes; 0 where the system does not tell. */
    public long residentBytes() {
        return process == null ? 0 : Memory.residentBytes(process);
    }
}
