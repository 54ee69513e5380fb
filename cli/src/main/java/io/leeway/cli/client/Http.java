package io.leeway.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import io.leeway.contracts.Json;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.contracts.rest.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** JSON over HTTP, with problems turned into messages for people. Thread safe. */
final class Http {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** For work that takes its time: history comes in by the thousand rows, a training is done again. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    <T> T get(URI address, TypeReference<T> type) {
        return parse(send(request(address).GET()), type);
    }

    byte[] getBytes(URI address) {
        return send(request(address).GET());
    }

    /** The body while it comes; the caller closes it. */
    InputStream stream(URI address) {
        HttpRequest request = request(address).timeout(LONG_PATIENCE).GET().build();
        HttpResponse<InputStream> response = answer(request, BodyHandlers.ofInputStream());
        if (response.statusCode() < 400) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            throw new CallException(response.statusCode(), words(request, response.statusCode(), body.readAllBytes()));
        } catch (IOException e) {
            throw new CallException("the answer broke off from " + address, e);
        }
    }

    <T> T send(String method, URI address, Object body, TypeReference<T> type) {
        return parse(send(method, address, body), type);
    }

    byte[] send(String method, URI address, Object body) {
        HttpRequest.BodyPublisher content =
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.bytes(body));
        return send(request(address).header("Content-Type", "application/json").method(method, content));
    }

    <T> T sendLines(URI address, byte[] lines, TypeReference<T> type) {
        return parse(
                send(request(address)
                        .timeout(LONG_PATIENCE)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofByteArray(lines))),
                type);
    }

    /** A POST without a body whose answer comes when long work is over. */
    <T> T sendAndWait(URI address, TypeReference<T> type) {
        return parse(send(request(address).timeout(LONG_PATIENCE).POST(BodyPublishers.noBody())), type);
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(PATIENCE);
    }

    private byte[] send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        HttpResponse<byte[]> response = answer(request, BodyHandlers.ofByteArray());
        if (response.statusCode() >= 400) {
            throw new CallException(response.statusCode(), words(request, response.statusCode(), response.body()));
        }
        return response.body();
    }

    private <T> HttpResponse<T> answer(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted"));
        } catch (HttpTimeoutException e) {
            throw new CallException("no answer in time from " + request.uri(), e);
        } catch (IOException e) {
            throw new CallException("nobody answers at " + request.uri() + "; is the stack up? (./leeway status)", e);
        }
    }

    private static String words(HttpRequest request, int status, byte[] body) {
        String call = request.method() + " " + request.uri();
        try {
            Problem problem = Json.read(body, Problem.class);
            return problem.title() + ": " + problem.detail() + " (" + status + " from " + call + ")";
        } catch (UnreadableJsonException e) {
            return "status " + status + " from " + call;
        }
    }

    private static <T> T parse(byte[] body, TypeReference<T> type) {
        try {
            return Json.mapper().readValue(body, type);
        } catch (IOException e) {
            throw Json.unreadable(e);
        }
    }
}
