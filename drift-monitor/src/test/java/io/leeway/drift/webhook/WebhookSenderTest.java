package io.leeway.drift.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.DriftSeverity;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.Webhook;
import io.leeway.drift.DriftMonitorConfig;
import io.leeway.kit.LoopDirectory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real server of this machine, which a made-up name resolves to. */
class WebhookSenderTest {
    private static final String LOOP = "films";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger resolved = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LoopDirectory loops = new LoopDirectory();
    private HttpServer server;
    private int failFirst;
    private int status = 204;
    private WebhookSender sender;

    private record Received(String path, Map<String, List<String>> headers, byte[] body) {
        String header(String name) {
            return headers.get(name).get(0);
        }
    }

    private record Config(
            Optional<List<String>> hosts,
            Map<String, String> secrets,
            boolean internalAddresses,
            Duration timeout,
            int tries,
            Duration backoff,
            int queue)
            implements DriftMonitorConfig.Webhooks {}

    private static Config config(boolean internal, int queue, Duration timeout) {
        return new Config(
                Optional.of(List.of("alerts.example.com", "*.wide.example.com")),
                Map.of("ops", "s3cret-of-ops"),
                internal,
                timeout,
                3,
                Duration.ofMillis(10),
                queue);
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        start(config(true, 100, LONG));
    }

    private void start(Config config) {
        sender = new WebhookSender(
                config,
                loops,
                meters,
                Clock.fixed(NOW, ZoneOffset.UTC),
                host -> {
                    resolved.incrementAndGet();
                    return new InetAddress[] {InetAddress.getLoopbackAddress()};
                },
                (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    @AfterEach
    void stop() {
        sender.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        received.add(new Received(exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()), body));
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(received.size() <= failFirst ? 503 : status, -1);
        exchange.close();
    }

    private String url(String host) {
        return "http://" + host + ":" + server.getAddress().getPort() + "/hook?token=t0ken";
    }

    private void hook(String url, String secret) {
        Webhook webhook = new Webhook(url, secret, List.of(DriftState.DETECTED), DriftSeverity.MEDIUM);
        DriftSettings drift = DriftSettings.builder().webhooks(List.of(webhook)).build();
        LoopSettings settings =
                LoopSettings.builder(LoopKind.BANDIT).drift(drift).build();
        loops.put(new Loop(LOOP, 1, "salt", settings, null, NOW, NOW, null));
    }

    private static Drift drift(DriftState state, DriftSeverity severity) {
        return new Drift(
                "films-1-drift-1",
                LOOP,
                NOW,
                state,
                DriftKind.QUALITY,
                3,
                "e-detector",
                1,
                null,
                -0.5,
                NOW,
                1000,
                "rewards fell",
                severity,
                null,
                null,
                null,
                null,
                null);
    }

    private void tell(Drift drift) throws Exception {
        sender.tell(drift).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private double count(String outcome) {
        return meters.counter("leeway.webhook.deliveries", "loop", LOOP, "outcome", outcome)
                .count();
    }

    @Test
    void postsTheEventSignedSoThatTheReceiverCanCheckIt() throws Exception {
        hook(url("alerts.example.com"), "ops");
        Drift drift = drift(DriftState.DETECTED, DriftSeverity.HIGH);
        tell(drift);
        assertThat(received).hasSize(1);
        Received one = received.get(0);
        assertThat(one.path()).isEqualTo("/hook?token=t0ken");
        assertThat(Json.read(one.body(), Drift.class)).isEqualTo(drift);
        assertThat(one.header("Host")).startsWith("alerts.example.com:");
        assertThat(one.header("Ce-id")).isEqualTo("films-1-drift-1/detected");
        // What a receiver does, by the words of the documentation.
        String[] parts = one.header("Leeway-signature").split(",v1=", -1);
        String seconds = parts[0].substring(2);
        assertThat(seconds).isEqualTo(Long.toString(NOW.getEpochSecond()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret-of-ops".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((seconds + "." + new String(one.body(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        assertThat(parts[1]).isEqualTo(HexFormat.of().formatHex(mac.doFinal()));
        assertThat(count("delivered")).isEqualTo(1);
    }

    @Test
    void triesAgainUntilItIsTakenResolvingTheNameOnceForEachTry() throws Exception {
        hook(url("any.wide.example.com"), "ops");
        failFirst = 2;
        tell(drift(DriftState.DETECTED, DriftSeverity.MEDIUM));
        assertThat(received).hasSize(3);
        assertThat(resolved).hasValue(3);
        assertThat(count("delivered")).isEqualTo(1);
        assertThat(meters.counter("leeway.webhook.tries", "loop", LOOP).count()).isEqualTo(3);
    }

    @Test
    void givesUpAfterItsTriesAndCountsIt() throws Exception {
        hook(url("alerts.example.com"), "ops");
        failFirst = 100;
        tell(drift(DriftState.DETECTED, DriftSeverity.MEDIUM));
        assertThat(received).hasSize(3);
        assertThat(count("failed")).isEqualTo(1);
    }

    @Test
    void followsNoRedirect() throws Exception {
        hook(url("alerts.example.com"), "ops");
        status = 307;
        tell(drift(DriftState.DETECTED, DriftSeverity.MEDIUM));
        assertThat(received).extracting(Received::path).containsExactly("/hook?token=t0ken");
        assertThat(count("failed")).isEqualTo(1);
    }

    @Test
    void refusesHostsThatNobodyAllowedAndSecretsThatNobodyGave() throws Exception {
        hook(url("other.example.com"), "ops");
        tell(drift(DriftState.DETECTED, DriftSeverity.MEDIUM));
        hook(url("wide.example.com"), "ops");
        tell(drift(DriftState.DETECTED, DriftSeverity.MEDIUM));
        hook(url("alerts.example.com"), "unknown");
        tell(drift(DriftState.DETECTED, DriftSeverity.MEDIUM));
        assertThat(received).isEmpty();
        assertThat(resolved).hasValue(0);
        assertThat(count("refused")).isEqualTo(3);
    }

    @Test
    void refusesInternalAddressesUnlessTheOperatorAllowsThem() throws Exception {
        sender.close();
        start(config(false, 100, LONG));
        hook(url("alerts.example.com").replace("http:", "https:"), "ops");
        tell(drift(DriftState.DETECTED, DriftSeverity.MEDIUM));
        assertThat(received).isEmpty();
        assertThat(count("refused")).isEqualTo(1);
    }

    @Test
    void tellsOnlyWhatTheLoopWantsToHear() throws Exception {
        hook(url("alerts.example.com"), "ops");
        tell(drift(DriftState.SUSPECTED, DriftSeverity.HIGH));
        tell(drift(DriftState.DETECTED, DriftSeverity.LOW));
        assertThat(received).isEmpty();
    }

    /** A receiver that takes the call and never answers. */
    @Test
    void neverBlocksAndDropsWhatIsTooMuch() throws Exception {
        sender.close();
        start(config(true, 5, Duration.ofSeconds(2)));
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            hook("http://alerts.example.com:" + silent.getLocalPort() + "/", "ops");
            List<CompletableFuture<Void>> told = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                told.add(sender.tell(drift(DriftState.DETECTED, DriftSeverity.MEDIUM))
                        .toCompletableFuture());
            }
            // The five that were taken fail after three tries of two seconds each: whoever told of them waited for
            // none.
            assertThat(told.stream().filter(CompletableFuture::isDone)).hasSize(15);
            assertThat(count("dropped")).isEqualTo(15);
            await().atMost(Duration.ofSeconds(60)).until(() -> told.stream().allMatch(CompletableFuture::isDone));
            assertThat(count("failed")).isEqualTo(5);
        }
    }
}
