package io.leeway.stack;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Ports that parts of the stack need are in use by other processes. */
public final class PortTakenException extends StackException {
    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, String> ownersByPort;

    /** @param ownersByPort each taken port with the part that wanted it, such as {@code prediction-service} */
    public PortTakenException(Map<Integer, String> ownersByPort) {
        super("must be free: " + describe(ownersByPort));
        this.ownersByPort = new TreeMap<>(ownersByPort);
    }

    public Map<Integer, String> ownersByPort() {
        return Map.copyOf(ownersByPort);
    }

    private static String describe(Map<Integer, String> ownersByPort) {
        return new TreeMap<>(ownersByPort)
                .entrySet().stream()
                        .map(taken -> "port=" + taken.getKey() + " (" + taken.getValue() + ")")
                        .collect(Collectors.joining(", "));
    }
}
