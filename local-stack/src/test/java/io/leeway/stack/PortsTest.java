package io.leeway.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void hearsWhetherSomebodyListens() throws IOException {
        int port = Ports.free();
        assertThat(Ports.isListening(port)).isFalse();
        try (ServerSocket owner = listen(port)) {
            assertThat(Ports.isListening(port)).isTrue();
        }
        assertThat(Ports.isListening(port)).isFalse();
    }

    /** A broker that found its port taken by the question whether it listens yet did not start. */
    @Test
    void askingDoesNotTakeThePort() throws Exception {
        int port = Ports.free();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                Ports.isListening(port);
                asked.incrementAndGet();
            }
        });
        try {
            for (int i = 0; i < 200; i++) {
                int before = asked.get();
                listen(port).close();
                while (asked.get() < before + 2 && !asking.isDone()) {
                    Thread.onSpinWait();
                }
            }
        } finally {
            enough.set(true);
        }
        asking.get();
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(Ports.HOST), port));
        return socket;
    }
}
