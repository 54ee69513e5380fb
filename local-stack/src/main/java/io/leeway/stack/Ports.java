package io.leeway.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports on the loopback address. Stateless. */
public final class Ports {
    public static final String HOST = "127.0.0.1";

    private static final int LOWEST_FREE = 20_000;
    private static final int HIGHEST_FREE = 32_000;
    private static final int FREE_ATTEMPTS = 1_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /**
     * A port that nothing listens on; never the same one twice in a process.
     *
     * <p>It lies below the range from which operating systems give ports to outgoing connections: one of those might take
     * it before its owner has started.
     */
    public static int free() {
        for (int attempt = 0; attempt < FREE_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_FREE);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new StackException("must be a free port in [" + LOWEST_FREE + ", " + HIGHEST_FREE + ")");
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Checks a port before a process is started on it, because the process's own complaint ends in a log file.
     *
     * @throws PortTakenException naming the port and its owner
     */
    public static void requireFree(int port, String owner) {
        requireFree(Map.of(port, owner));
    }

    /** Checks several ports at once and names all that are taken. */
    public static void requireFree(Map<Integer, String> ownersByPort) {
        Map<Integer, String> taken = new TreeMap<>(ownersByPort);
        taken.keySet().removeIf(Ports::isFree);
        if (!taken.isEmpty()) {
            throw new PortTakenException(taken);
        }
    }
}
