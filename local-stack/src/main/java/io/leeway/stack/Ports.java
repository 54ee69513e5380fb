package io.leeway.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** TCP ports on the loopback address. Stateless. */
public final class Ports {
    public static final String HOST = "127.0.0.1";

    private static final int LOWEST_FREE = 20_000;
    private static final int HIGHEST_FREE = 32_000;
    private static final int FREE_ATTEMPTS = 1_000;
    private static final int CONNECT_MILLIS = 1_000;
    private static final Set<Integer> GIVEN = new HashSet<>();

    private Ports() {}

    /**
     * A port that nothing listens on; never the same one twice in a process.
     *
     * <p>It lies below the range from which operating systems give ports to outgoing connections: one of those might take
     * it before its owner has started.
     */
    public static int free() {
        return free(1);
    }

    /** The first of as many ports in a row, each as by {@link #free()}. */
    public static synchronized int free(int count) {
        for (int attempt = 0; attempt < FREE_ATTEMPTS; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_FREE - count + 1);
            List<Integer> ports = IntStream.range(first, first + count).boxed().toList();
            if (Collections.disjoint(GIVEN, ports) && ports.stream().allMatch(Ports::isFree)) {
                GIVEN.addAll(ports);
                return first;
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

    /** Whether somebody listens there. Does not take the port even for a moment: an owner that is about to start would not get it. */
    static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(HOST), port), CONNECT_MILLIS);
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
