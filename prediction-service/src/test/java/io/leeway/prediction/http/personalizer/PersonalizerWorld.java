package io.leeway.prediction.http.personalizer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.contracts.rest.Problem;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.World;
import io.leeway.stack.Certificate;
import io.leeway.stack.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Beside the service: TLS with a certificate of this machine, and as much of training-service as keeps one loop. */
public final class PersonalizerWorld implements QuarkusTestResourceLifecycleManager {
    static final String LOOP = "articles";
    static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String TLS_PORT = "leeway.test.tls.port";

    private HttpServer training;
    private Loop loop = TestLoops.bandit(LOOP, TestLoops.GREEDY, "a", "b");

    static Certificate certificate() {
        return Certificate.in(Path.of("target", "tls").toAbsolutePath());
    }

    static String tlsAddress() {
        return "https://localhost:" + Integer.getInteger(TLS_PORT);
    }

    @Override
    public Map<String, String> start() {
        int tlsPort = Ports.free();
        System.setProperty(TLS_PORT, Integer.toString(tlsPort));
        try {
            training = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        training.createContext("/v1/loops/" + LOOP, this::answer);
        training.start();
        Map<String, String> settings = new HashMap<>();
        certificate().environment(tlsPort).forEach((name, value) -> settings.put(property(name), value));
        settings.put("quarkus.http.test-ssl-port", Integer.toString(tlsPort));
        settings.put("prediction-service.personalizer.keys." + KEY, LOOP);
        settings.put("prediction-service.personalizer.keys.of-no-loop", "deleted");
        // What stands in for training-service answers once the service knows of the change.
        settings.put("prediction-service.personalizer.patience", "PT60S");
        settings.put(
                "prediction-service.personalizer.training",
                "http://127.0.0.1:" + training.getAddress().getPort());
        return settings;
    }

    @Override
    public void stop() {
        training.stop(0);
    }

    private static String property(String variable) {
        return switch (variable) {
            case "QUARKUS_TLS_KEY_STORE_P12_PATH" -> "quarkus.tls.key-store.p12.path";
            case "QUARKUS_TLS_KEY_STORE_P12_PASSWORD" -> "quarkus.tls.key-store.p12.password";
            case "QUARKUS_HTTP_SSL_PORT" -> "quarkus.http.ssl-port";
            default -> "quarkus.http.insecure-requests";
        };
    }

    /** A loop as training-service keeps it: a PUT makes the next revision and publishes it. */
    private synchronized void answer(HttpExchange call) throws IOException {
        try (call) {
            if (call.getRequestMethod().equals("PUT")) {
                try {
                    LoopSettings settings = Json.read(call.getRequestBody().readAllBytes(), LoopSettings.class);
                    loop = new Loop(
                            LOOP, loop.revision() + 1, loop.salt(), settings, null, TestLoops.NOW, TestLoops.NOW, null);
                    World.loop(loop);
                } catch (UnreadableJsonException e) {
                    var error = new Problem.FieldError(e.field(), e.getMessage());
                    send(call, 400, new Problem("/problems/invalid", "", 400, e.getMessage(), "", List.of(error)));
                    return;
                }
            }
            send(call, 200, loop);
        }
    }

    private static void send(HttpExchange call, int status, Object body) throws IOException {
        byte[] json = Json.bytes(body);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(status, json.length);
        call.getResponseBody().write(json);
    }
}
