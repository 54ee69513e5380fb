package io.leeway.kit;

/** A call or an event names a loop that nobody has made. */
public final class UnknownLoopException extends ProblemException {
    private final String loop;

    public UnknownLoopException(String loop) {
        super(ProblemType.UNKNOWN_LOOP, "must be a loop that exists: loop=" + loop);
        this.loop = loop;
    }

    public String loop() {
        return loop;
    }
}
