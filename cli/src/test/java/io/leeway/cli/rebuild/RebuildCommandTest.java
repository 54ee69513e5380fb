package io.leeway.cli.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leeway.cli.Run;
import io.leeway.contracts.Json;
import io.leeway.contracts.rest.ProjectionHash;
import io.leeway.contracts.rest.ProjectionHash.TableHash;
import io.leeway.contracts.rest.Rebuild;
import io.leeway.contracts.rest.Rebuild.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RebuildCommandTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
    private HttpServer logger;
    private Rebuild ended;
    private String asked;

    @BeforeEach
    void start() throws IOException {
        logger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        logger.createContext("/v1/projection/rebuilds", this::answer);
        logger.start();
    }

    @AfterEach
    void stop() {
        logger.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean begin = exchange.getRequestMethod().equals("POST");
        if (begin) {
            asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        }
        byte[] body = Json.bytes(begin ? rebuild(State.RUNNING, null, null, null) : ended);
        exchange.sendResponseHeaders(begin ? 202 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Rebuild rebuild(State state, String before, String after, String reason) {
        return new Rebuild(
                "r1",
                null,
                state,
                TIME,
                TIME.plusSeconds(2),
                70,
                70,
                List.of(),
                40L,
                hash(before),
                hash(after),
                reason);
    }

    private static ProjectionHash hash(String sha256) {
        return sha256 == null
                ? null
                : new ProjectionHash(null, sha256, List.of(new TableHash("decision", 7, sha256)), Map.of());
    }

    /** The address of prediction-service; the logger's is the next. */
    private Run run(String... options) {
        String url = "http://127.0.0.1:" + (logger.getAddress().getPort() - 1);
        String[] arguments = new String[options.length + 3];
        arguments[0] = "rebuild";
        System.arraycopy(options, 0, arguments, 1, options.length);
        arguments[arguments.length - 2] = "--url";
        arguments[arguments.length - 1] = url;
        return Run.of(arguments);
    }

    @Test
    void printsTheHashesAndEndsWithZeroIfTheyAreTheSame() {
        ended = rebuild(State.DONE, "aa11", "aa11", null);
        Run run = run("--loop", "films");
        assertThat(run.status()).isZero();
        assertThat(run.output())
                .contains("hash before  aa11")
                .contains("hash after   aa11")
                .contains("same");
        assertThat(asked).contains("\"loop\":\"films\"").contains("\"acceptLoss\":false");
    }

    @Test
    void rowsThatCameOutOtherwiseEndWithOne() {
        ended = rebuild(State.DONE, "aa11", "bb22", null);
        Run run = run();
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).contains("DIFFERENT").contains("bb22");
    }

    @Test
    void aFailureIsToldInItsWords() {
        ended = rebuild(State.FAILED, null, null, "must be possible: broker away");
        Run run = run();
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("broker away").contains("as they were");
    }
}
