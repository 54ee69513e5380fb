package io.leeway.drift.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
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
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, with a certificate for alerts.example.com by an authority that the JDK's keytool makes for this test. */
class WebhookTlsTest {
    private static final String LOOP = "films";
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path keys;

    private final List<byte[]> received = Collections.synchronizedList(new ArrayList<>());
    private final List<String> internal = Collections.synchronizedList(new ArrayList<>());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LoopDirectory loops = new LoopDirectory();
    private HttpsServer server;
    private HttpServer metadata;
    private WebhookSender sender;
    private String location;

    private record Config(Optional<List<String>> hosts, boolean internalAddresses, Duration timeout)
            implements DriftMonitorConfig.Webhooks {
        @Override
        public Map<String, String> secrets() {
            return Map.of("ops", "s3cret-of-ops");
        }

        @Override
        public int tries() {
            return 2;
        }

        @Override
        public Duration backoff() {
            return Duration.ofMillis(10);
        }

        @Override
        public int queue() {
            return 10;
        }
    }

    @BeforeAll
    static void makeAuthorityAndCertificate() throws Exception {
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c", "-keystore", "ca.p12");
        keytool("-exportcert", "-alias", "ca", "-keystore", "ca.p12", "-file", "ca.crt", "-rfc");
        keytool("-genkeypair", "-alias", "web", "-dname", "CN=alerts.example.com", "-keystore", "web.p12");
        keytool("-certreq", "-alias", "web", "-keystore", "web.p12", "-file", "web.csr");
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-keystore",
                "ca.p12",
                "-infile",
                "web.csr",
                "-outfile",
                "web.crt",
                "-rfc",
                "-ext",
                "san=dns:alerts.example.com");
        keytool("-importcert", "-alias", "ca", "-keystore", "web.p12", "-file", "ca.crt", "-noprompt");
        keytool("-importcert", "-alias", "web", "-keystore", "web.p12", "-file", "web.crt", "-noprompt");
        keytool("-importcert", "-alias", "ca", "-keystore", "trust.p12", "-file", "ca.crt", "-noprompt");
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        if (List.of(arguments).contains("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-keypass", PASSWORD));
        }
        Process process = new ProcessBuilder(command)
                .directory(keys.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static KeyStore store(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys.resolve(name))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static SSLSocketFactory trusting(String name) throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store(name));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    @BeforeEach
    void serve() throws Exception {
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(store("web.p12"), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", this::answer);
        server.start();
        metadata = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        metadata.createContext("/", exchange -> {
            internal.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        metadata.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(exchange.getRequestBody().readAllBytes());
        if (location != null) {
            exchange.getResponseHeaders().add("Location", location);
        }
        exchange.sendResponseHeaders(location == null ? 204 : 307, -1);
        exchange.close();
    }

    @AfterEach
    void stop() {
        sender.close();
        server.stop(0);
        metadata.stop(0);
    }

    private void tell(SSLSocketFactory tls, boolean internalAllowed, String host) throws Exception {
        sender = new WebhookSender(
                new Config(Optional.of(List.of("*.example.com")), internalAllowed, Duration.ofSeconds(10)),
                loops,
                meters,
                Clock.systemUTC(),
                name -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                tls);
        String url = "https://" + host + ":" + server.getAddress().getPort() + "/hook";
        Webhook webhook = new Webhook(url, "ops", List.of(DriftState.DETECTED), DriftSeverity.MEDIUM);
        LoopSettings settings = LoopSettings.builder(LoopKind.BANDIT)
                .drift(DriftSettings.builder().webhooks(List.of(webhook)).build())
                .build();
        Instant now = Instant.now();
        loops.put(new Loop(LOOP, 1, "salt", settings, null, now, now, null));
        sender.tell(drift()).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static Drift drift() {
        return new Drift(
                "films-1-drift-1",
                LOOP,
                Instant.parse("2026-05-01T12:00:00Z"),
                DriftState.DETECTED,
                DriftKind.QUALITY,
                3,
                "e-detector",
                1,
                null,
                -0.5,
                null,
                1000,
                "rewards fell",
                List.of(),
                null);
    }

    private double count(String outcome) {
        return meters.counter("leeway.webhook.deliveries", "loop", LOOP, "outcome", outcome)
                .count();
    }

    @Test
    void postsToAReceiverWhoseCertificateATrustedAuthoritySigned() throws Exception {
        tell(trusting("trust.p12"), true, "alerts.example.com");
        assertThat(received).hasSize(1);
        assertThat(Json.read(received.get(0), Drift.class)).isEqualTo(drift());
        assertThat(count("delivered")).isEqualTo(1);
    }

    @Test
    void tellsNothingToAReceiverWhoseAuthorityNobodyTrusts() throws Exception {
        tell((SSLSocketFactory) SSLSocketFactory.getDefault(), true, "alerts.example.com");
        assertThat(received).isEmpty();
        assertThat(count("failed")).isEqualTo(1);
    }

    @Test
    void tellsNothingToAReceiverWithTheCertificateOfAnother() throws Exception {
        tell(trusting("trust.p12"), true, "billing.example.com");
        assertThat(received).isEmpty();
        assertThat(count("failed")).isEqualTo(1);
    }

    @Test
    void isNotLedToAnInternalAddress() throws Exception {
        location = "http://127.0.0.1:" + metadata.getAddress().getPort() + "/latest/meta-data";
        tell(trusting("trust.p12"), true, "alerts.example.com");
        assertThat(received).hasSize(1);
        assertThat(internal).isEmpty();
        assertThat(count("failed")).isEqualTo(1);
    }

    @Test
    void refusesAnInternalAddressOverTlsToo() throws Exception {
        tell(trusting("trust.p12"), false, "alerts.example.com");
        assertThat(received).isEmpty();
        assertThat(count("refused")).isEqualTo(1);
    }
}
