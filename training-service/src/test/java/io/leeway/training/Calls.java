package io.leeway.training;

import static io.restassured.RestAssured.given;

import io.leeway.contracts.Json;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.Topics;
import io.leeway.contracts.rest.Job;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.stack.testing.LocalStack;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;

/** What tests of the registry and of jobs ask of the service and its database. */
final class Calls {
    static final Duration PATIENCE = Duration.ofSeconds(180);

    private Calls() {}

    static void makeLoop(String loop, Map<String, Object> training) {
        send(Map.of("kind", "bandit", "training", training))
                .put("/v1/loops/" + loop)
                .then()
                .statusCode(201);
    }

    static io.restassured.specification.RequestSpecification send(Object body) {
        return given().contentType(ContentType.JSON).body(body);
    }

    static Job retrain(String loop, Map<String, Object> body) {
        return Json.read(
                send(body)
                        .post("/v1/loops/" + loop + "/retrain")
                        .then()
                        .statusCode(202)
                        .extract()
                        .asByteArray(),
                Job.class);
    }

    static Job job(String jobId) {
        return Json.read(given().get("/v1/jobs/" + jobId).asByteArray(), Job.class);
    }

    static Job await(String jobId, Predicate<Job> wanted) {
        Job[] last = new Job[1];
        org.awaitility.Awaitility.await().atMost(PATIENCE).until(() -> {
            last[0] = job(jobId);
            return wanted.test(last[0]);
        });
        return last[0];
    }

    static Job awaitEnd(String jobId) {
        return await(jobId, job -> job.state().ended());
    }

    /** The first job of a loop that has ended and is wanted. */
    static Job awaitEndOf(String loop, Predicate<Job> wanted) {
        Job[] found = new Job[1];
        org.awaitility.Awaitility.await().atMost(PATIENCE).until(() -> {
            Job[] jobs = Json.read(given().get("/v1/jobs?loop=" + loop).asByteArray(), Job[].class);
            found[0] = Arrays.stream(jobs)
                    .filter(job -> job.state().ended() && wanted.test(job))
                    .findFirst()
                    .orElse(null);
            return found[0] != null;
        });
        return found[0];
    }

    static Job awaitEndOf(String loop) {
        return awaitEndOf(loop, job -> true);
    }

    /** By the topic, as drift-monitor asks. */
    static void ask(RetrainRequest request) {
        FeedbackWriter.write(Topics.RETRAIN_REQUESTS, request.loop(), Json.bytes(request));
    }

    static ModelVersion version(String loop, long version) {
        return Json.read(
                given().get("/v1/loops/" + loop + "/versions/" + version).asByteArray(), ModelVersion.class);
    }

    static ValidatableResponse get(String path) {
        return given().urlEncodingEnabled(true).get(path).then();
    }

    static void execute(String sql) throws SQLException {
        try (Connection connection = LocalStack.shared().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String query(String sql) throws SQLException {
        try (Connection connection = LocalStack.shared().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
