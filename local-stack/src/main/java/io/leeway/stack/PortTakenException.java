package io.leeway.stack;

/** A port that a part of the stack needs is in use by another process. */
public final class PortTakenException extends StackException {
    private static final long serialVersionUID = 1L;

    private final int port;
    private final String owner;

    public PortTakenException(int port, String owner) {
        super("must be free: port=" + port + " (" + owner + ")");
        this.port = port;
        this.owner = owner;
    }

    public int port() {
        return port;
    }

    /** The part of the stack that wanted the port, such as {@code prediction-service}. */
    public String owner() {
        return owner;
    }
}
