package io.leeway.cli.exchange;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leeway.contracts.Json;
import io.leeway.contracts.LoopSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers as feedback-logger and training-service do, on the ports where the command line looks for them. */
final class FakeServices implements AutoCloseable {
    private final List<HttpServer> servers = new ArrayList<>();
    private final int first;

    final List<String> imported = new ArrayList<>();
    final Map<String, LoopSettings> loops = new LinkedHashMap<>();
    String rows = "";
    String sha256 = "";

    FakeServices() throws IOException {
        this.first = start();
    }

    /** Four ports in a row, as the command line expects them. */
    private int start() throws IOException {
        for (int port = 20_000; port < 60_000; port += 17) {
            try {
                for (int i = 0; i < 4; i++) {
                    HttpServer server =
                            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port + i), 0);
                    servers.add(server);
                    server.createContext("/", this::answer);
                    server.start();
                }
                return port;
            } catch (java.net.BindException taken) {
                close();
                servers.clear();
            }
        }
        throw new IOException("no four free ports");
    }

    String url() {
        return "http://localhost:" + first;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String[] path = exchange.getRequestURI().getPath().split("/");
        String what = String.join("/", List.of(path).subList(4, path.length));
        String loop = path[3];
        String answer =
                switch (exchange.getRequestMethod() + " " + what) {
                    case "GET " -> loops.containsKey(loop) ? loop(loop) : null;
                    case "PUT " -> {
                        loops.put(loop, Json.read(body, LoopSettings.class));
                        yield loop(loop);
                    }
                    case "GET feedback/summary" -> loops.containsKey(loop) ? "{}" : null;
                    case "POST imports" -> take(new String(body, StandardCharsets.UTF_8));
                    case "POST snapshots", "GET snapshots/s1" ->
                        "{\"id\":\"s1\",\"rows\":" + rows.lines().count() + ",\"sha256\":\"" + sha256
                                + "\",\"erased\":0}";
                    case "GET snapshots/s1/rows" -> rows;
                    default -> null;
                };
        byte[] bytes = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String loop(String name) {
        return "{\"name\":\"" + name
                + "\",\"revision\":1,\"salt\":\"s\",\"createdAt\":\"2026-01-01T00:00:00Z\",\"updatedAt\":\"2026-01-01T00:00:00Z\",\"settings\":"
                + Json.text(loops.get(name)) + "}";
    }

    /** Refuses rewards of 7, and knows what it has taken before. */
    private String take(String lines) {
        List<String> rejected = new ArrayList<>();
        long accepted = 0;
        long duplicates = 0;
        List<String> given = lines.lines().toList();
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i).contains("\"reward\":7.0")) {
                rejected.add("{\"line\":" + (i + 1) + ",\"reason\":\"must be in [0, 1]: reward=7.0\"}");
            } else if (imported.contains(given.get(i))) {
                duplicates++;
            } else {
                imported.add(given.get(i));
                accepted++;
            }
        }
        return "{\"accepted\":" + accepted + ",\"duplicates\":" + duplicates + ",\"rejectedLines\":" + rejected.size()
                + ",\"rejected\":[" + String.join(",", rejected) + "]}";
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
    }
}
