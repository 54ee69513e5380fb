package io.leeway.simulator.traffic;

import io.leeway.contracts.Action;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Json;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.Reward;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.contracts.rest.DecisionAnswer;
import io.leeway.contracts.rest.PredictionAnswer;
import io.leeway.contracts.rest.PredictionRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One loop over REST, as an application would use it. Connections are kept alive. Thread-safe; nothing is tried twice, so
 * that a failure is seen.
 */
public final class LoopClient {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI prediction;
    private final String loop;
    private final Duration timeout;

    /**
     * @param prediction address of the prediction-service, as {@code http://127.0.0.1:8081}
     * @param timeout how long an answer may take
     */
    public LoopClient(URI prediction, String loop, Duration timeout) {
        this.prediction = prediction;
        this.loop = loop;
        this.timeout = timeout;
    }

    public String loop() {
        return loop;
    }

    /** Asks which of these actions to take. */
    public DecisionAnswer decide(String eventId, Map<String, Object> context, List<Action> actions)
            throws InterruptedException {
        DecisionRequest request =
                new DecisionRequest(null, eventId, null, context, actions, null, null, null, null, null);
        return answer(post("decisions", request), 200, DecisionAnswer.class);
    }

    /** Asks what to expect. */
    public PredictionAnswer predict(String eventId, Map<String, Object> context) throws InterruptedException {
        return answer(post("predictions", new PredictionRequest(eventId, null, context)), 200, PredictionAnswer.class);
    }

    /** Tells how it turned out. */
    public void reward(String eventId, double value) throws InterruptedException {
        Reward reward = new Reward(null, eventId, value, eventId + "-reward", null, null, null, null);
        send(post("rewards", reward), 202);
    }

    /** Whether the prediction-service knows the loop already: it hears of a new one a moment after it was made. */
    public boolean known() throws InterruptedException {
        URI address = prediction.resolve("/v1/loops/" + loop);
        return exchange(HttpRequest.newBuilder(address).timeout(timeout).GET().build())
                        .statusCode()
                == 200;
    }

    /**
     * Makes the loop if the training-service does not know it.
     *
     * @param training address of the training-service
     * @return whether it had to be made
     */
    public boolean ensure(URI training, LoopSettings settings) throws InterruptedException {
        URI address = training.resolve("/v1/loops/" + loop);
        HttpResponse<byte[]> found =
                exchange(HttpRequest.newBuilder(address).timeout(timeout).GET().build());
        if (found.statusCode() == 200) {
            return false;
        }
        if (found.statusCode() != 404) {
            throw unexpected("GET " + address, found);
        }
        HttpRequest put = json(address)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(settings)))
                .build();
        HttpResponse<byte[]> made = exchange(put);
        if (made.statusCode() / 100 != 2) {
            throw unexpected("PUT " + address, made);
        }
        return true;
    }

    private HttpRequest post(String what, Object body) {
        return json(prediction.resolve("/v1/loops/" + loop + "/" + what))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build();
    }

    private HttpRequest.Builder json(URI address) {
        return HttpRequest.newBuilder(address).timeout(timeout).header("Content-Type", "application/json");
    }

    private <T> T answer(HttpRequest request, int status, Class<T> type) throws InterruptedException {
        HttpResponse<byte[]> response = send(request, status);
        try {
            return Json.read(response.body(), type);
        } catch (UnreadableJsonException unreadable) {
            throw new CallFailedException(
                    response.statusCode(), request.uri().getPath() + " answered what cannot be read", unreadable);
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request, int status) throws InterruptedException {
        HttpResponse<byte[]> response = exchange(request);
        if (response.statusCode() != status) {
            throw unexpected(request.method() + " " + request.uri().getPath(), response);
        }
        return response;
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failure) {
            throw new CallFailedException(
                    CallFailedException.NO_ANSWER,
                    request.method() + " " + request.uri() + " was not answered: "
                            + failure.getClass().getSimpleName()
                            + (failure.getMessage() == null ? "" : " " + failure.getMessage()),
                    failure);
        }
    }

    private static CallFailedException unexpected(String call, HttpResponse<byte[]> response) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        return new CallFailedException(
                response.statusCode(),
                call + " answered " + response.statusCode() + ": " + body.substring(0, Math.min(300, body.length())),
                null);
    }
}
