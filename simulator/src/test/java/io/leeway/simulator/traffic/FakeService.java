package io.leeway.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leeway.contracts.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Answers as the services do, by a fixed rule, and remembers what it was asked. */
public final class FakeService implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Map<String, JsonNode> decisions = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> rewards = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> loops = new ConcurrentHashMap<>();
    private final AtomicInteger failNext = new AtomicInteger();
    private volatile long modelVersion;
    private volatile UnaryOperator<Map<String, Object>> distort = UnaryOperator.identity();

    public FakeService() throws IOException {
        // Without it the server of JDK 17 leaves small answers lying for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/loops/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Requests for decisions or predictions, by event id. */
    public Map<String, JsonNode> decisions() {
        return decisions;
    }

    public Map<String, JsonNode> rewards() {
        return rewards;
    }

    public Map<String, JsonNode> loops() {
        return loops;
    }

    public void modelVersion(long version) {
        modelVersion = version;
    }

    /** The next so many decisions or predictions are answered with 503. */
    public void failNext(int count) {
        failNext.set(count);
    }

    /** Changes answers on their way out. */
    public void distort(UnaryOperator<Map<String, Object>> change) {
        distort = change;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        JsonNode json = body.length == 0 ? null : Json.mapper().readTree(body);
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        if (path.length == 4) {
            loop(exchange, path[3], json);
        } else if (path[4].equals("rewards")) {
            rewards.put(json.get("eventId").asText(), json);
            send(exchange, 202, null);
        } else if (failNext.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            send(exchange, 503, Map.of("title", "not ready"));
        } else {
            decisions.put(json.get("eventId").asText(), json);
            send(exchange, 200, distort.apply(path[4].equals("decisions") ? decide(json) : predict(json)));
        }
    }

    private void loop(HttpExchange exchange, String name, JsonNode json) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            loops.put(name, json);
            send(exchange, 201, json);
        } else {
            send(exchange, loops.containsKey(name) ? 200 : 404, loops.get(name));
        }
    }

    /** Takes the action that the event id's hash names, with twice the probability of each other. */
    private Map<String, Object> decide(JsonNode request) {
        JsonNode actions = request.get("actions");
        int chosen = Math.floorMod(request.get("eventId").asText().hashCode(), actions.size());
        List<Map<String, Object>> ranking = new ArrayList<>();
        for (int i = 0; i < actions.size(); i++) {
            double probability = (i == chosen ? 2.0 : 1.0) / (actions.size() + 1);
            ranking.add(Map.of("action", actions.get(i).get("id").asText(), "probability", probability));
        }
        Map<String, Object> answer = answer(request);
        answer.put("action", actions.get(chosen).get("id").asText());
        answer.put("probability", 2.0 / (actions.size() + 1));
        answer.put("ranking", ranking);
        answer.put("policy", "fake");
        return answer;
    }

    /** Predicts the context's x, once there is a model. */
    private Map<String, Object> predict(JsonNode request) {
        Map<String, Object> answer = answer(request);
        if (modelVersion > 0) {
            answer.put("prediction", request.get("context").get("x").asDouble());
        }
        return answer;
    }

    private Map<String, Object> answer(JsonNode request) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("eventId", request.get("eventId").asText());
        answer.put("loop", "test");
        answer.put("modelVersion", modelVersion);
        answer.put("time", "2026-01-01T00:00:00Z");
        return answer;
    }

    private static void send(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : Json.bytes(body);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
