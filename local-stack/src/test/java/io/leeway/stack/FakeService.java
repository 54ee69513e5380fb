package io.leeway.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stands in for a service: ready at once, crashes when asked, shows its environment, and notes on its way out whether the
 * broker was still there.
 */
public final class FakeService {
    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(System.getenv("QUARKUS_HTTP_HOST"), port), 0);
        server.createContext("/q/health/ready", exchange -> answer(exchange, "UP"));
        server.createContext(
                "/environment",
                exchange ->
                        answer(exchange, System.getenv(exchange.getRequestURI().getQuery())));
        server.createContext("/crash", exchange -> Runtime.getRuntime().halt(3));
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(FakeService::noteEnd));
    }

    private static void noteEnd() {
        int broker = Integer.parseInt(System.getenv("KAFKA_BOOTSTRAP_SERVERS").split(":")[1]);
        try {
            Path folder = Files.createDirectories(Path.of(System.getenv("LEEWAY_STATE_DIR")));
            Files.writeString(folder.resolve("end"), Ports.isFree(broker) ? "broker gone" : "broker up");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
