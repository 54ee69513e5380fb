package io.leeway.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.TreeMap;

/** TCP ports on the loopback address. Stateless. */
public final class Ports {
    public static final String HOST = "127.0.0.1";

    private Ports() {}

    /** A port that nothing listened on a moment ago. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
