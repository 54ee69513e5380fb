package io.leeway.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port held by a listener of the test's own. */
record TakenPort(int port, ServerSocket socket) implements AutoCloseable {
    static TakenPort hold(int port) {
        try {
            return new TakenPort(port, new ServerSocket(port, 1, InetAddress.getByName(Ports.HOST)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
