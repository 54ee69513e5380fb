package io.leeway.prediction.http.personalizer;

import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.contracts.rest.Problem;
import io.leeway.kit.ProblemException;
import io.leeway.kit.ProblemType;
import io.leeway.prediction.PredictionConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Training-service, which owns loops, as far as it is asked from here. Thread safe; blocks. */
@Singleton
final class LoopOwner {
    private final URI address;
    private final Duration patience;
    private final HttpClient http;

    LoopOwner(PredictionConfig config) {
        this.address = config.personalizer().training();
        this.patience = config.personalizer().patience();
        this.http = HttpClient.newBuilder().connectTimeout(patience).build();
    }

    Loop get(String loop) {
        return loop(call(request(loop).GET().build()));
    }

    Loop put(String loop, LoopSettings settings) {
        return loop(call(request(loop)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(Json.bytes(settings)))
                .build()));
    }

    private HttpRequest.Builder request(String loop) {
        return HttpRequest.newBuilder(address.resolve("/v1/loops/" + loop + "?by=personalizer"))
                .timeout(patience);
    }

    private HttpResponse<byte[]> call(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw away();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away();
        }
    }

    /** What training-service refuses is refused here in the same words. */
    private static Loop loop(HttpResponse<byte[]> answer) {
        if (answer.statusCode() < 300) {
            return Json.read(answer.body(), Loop.class);
        }
        if (answer.statusCode() >= 500) {
            throw away();
        }
        Problem problem = problem(answer.body());
        ProblemType type = answer.statusCode() == 404
                ? ProblemType.UNKNOWN_LOOP
                : answer.statusCode() == 409 ? ProblemType.CONFLICT : ProblemType.INVALID;
        throw new ProblemException(type, problem.detail(), problem.errors() == null ? List.of() : problem.errors());
    }

    private static Problem problem(byte[] body) {
        try {
            return Json.read(body, Problem.class);
        } catch (UnreadableJsonException e) {
            return new Problem(null, null, 400, "training-service refused the change", null, null);
        }
    }

    private static ProblemException away() {
        return new ProblemException(ProblemType.UNAVAILABLE, "training-service, which owns loops, does not answer") {
            @Override
            public Duration retryAfter() {
                return Duration.ofSeconds(1);
            }
        };
    }
}
