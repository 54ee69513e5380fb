package io.leeway.training;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.leeway.contracts.Cause;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.StepState;
import io.leeway.contracts.Topics;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.contracts.rest.Job;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What has a loop retrained, what does not, and that no service's death loses a job. */
@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class RetrainRequestFlowTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aJobWhoseServiceDiedIsTakenUpAgain() throws SQLException {
        Calls.makeLoop("crashed", Map.of("learner", "linear", "minimumFeedback", 300));
        FeedbackWriter.write(new World("crashed", 5, START).feedback(300));
        // What a service leaves behind that was killed while it trained: a running job under a lease that nobody keeps.
        Calls.execute(
                "insert into registry.jobs (id, loop, request, state, requested_at, started_at, attempts, steps, lease_owner,"
                        + " lease_until) values ('00000000-crash', 'crashed', '{\"requestId\":\"crash-1\",\"loop\":\"crashed\"}',"
                        + " 'running', now(), now(), 1, '[]', 'dead', now() + interval '2 seconds')");
        Job job = Calls.awaitEndOf("crashed");
        assertThat(job.jobId()).isEqualTo("00000000-crash");
        assertThat(job.attempts()).isEqualTo(2);
        assertThat(job.state()).as(job.message()).isEqualTo(StepState.DONE);
        Calls.execute(
                "insert into registry.jobs (id, loop, request, state, requested_at, attempts, steps, lease_owner, lease_until)"
                        + " values ('00000001-crash', 'crashed', '{\"requestId\":\"crash-2\",\"loop\":\"crashed\"}', 'running',"
                        + " now(), 3, '[]', 'dead', now() - interval '1 seconds')");
        Job hopeless = Calls.awaitEndOf("crashed", ended -> ended.jobId().equals("00000001-crash"));
        assertThat(hopeless.state()).isEqualTo(StepState.FAILED);
        assertThat(hopeless.message()).isEqualTo("given up after 3 attempts");
    }

    @Test
    void aLoopIsRetrainedByVolumeAndByTheClock() {
        given().contentType(ContentType.JSON)
                .body("{\"kind\":\"bandit\",\"training\":{\"learner\":\"linear\",\"minimumFeedback\":100,"
                        + "\"everyFeedback\":100}}")
                .put("/v1/loops/volume")
                .then()
                .statusCode(201);
        World world = new World("volume", 6, START);
        // Again and again, because the counting begins with what is new once the consumer has joined its group.
        await().pollInterval(Duration.ofSeconds(1)).atMost(Calls.PATIENCE).untilAsserted(() -> {
            FeedbackWriter.write(world.feedback(60));
            given().get("/v1/jobs?loop=volume").then().body("cause", hasItem("volume"));
        });
        given().contentType(ContentType.JSON)
                .body("{\"kind\":\"bandit\",\"training\":{\"learner\":\"linear\",\"minimumFeedback\":100,"
                        + "\"every\":\"PT1S\"}}")
                .put("/v1/loops/volume")
                .then()
                .statusCode(200);
        assertThat(Calls.awaitEndOf("volume", job -> job.cause() == Cause.SCHEDULE)
                        .reason())
                .isEqualTo("every PT1S");
        given().delete("/v1/loops/volume?confirm=volume").then().statusCode(204);
    }

    @Test
    void aLoopThatOnlyLogsDeclinesWhatNobodyAskedForByHand() {
        String name = "logs";
        given().contentType(ContentType.JSON)
                .body(
                        "{\"kind\":\"bandit\",\"serving\":{\"mode\":\"loggingOnly\"},\"training\":{\"minimumFeedback\":100,"
                                + "\"every\":\"PT1S\"}}")
                .put("/v1/loops/" + name)
                .then()
                .statusCode(201);
        Calls.ask(new RetrainRequest(
                "logs-drift", name, null, Cause.DRIFT, null, "it moved", null, null, null, null, null));
        String declined = "must be asked for by a person, the loop only logs: cause=";
        await().atMost(Calls.PATIENCE).untilAsserted(() -> assertThat(TopicReader.ofKey(Topics.TRAINING_EVENTS, name))
                .extracting(record -> Json.read(record.value(), TrainingEvent.class))
                .filteredOn(event -> event.type() == TrainingEventType.DECLINED)
                .extracting(TrainingEvent::message)
                .contains(declined + "drift", declined + "schedule"));
        given().get("/v1/jobs?loop=" + name).then().body("", hasSize(0));
        given().contentType(ContentType.JSON)
                .body("{\"cause\":\"drift\"}")
                .post("/v1/loops/" + name + "/retrain")
                .then()
                .statusCode(409)
                .body("detail", equalTo(declined + "drift"));
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/v1/loops/" + name + "/retrain")
                .then()
                .statusCode(202);
        given().get("/v1/jobs?loop=" + name).then().body("cause", hasItem("person"));
        given().delete("/v1/loops/" + name + "?confirm=" + name).then().statusCode(204);
    }

    @Test
    void requestsThatCannotBeUsedGoToTheDeadLetters() {
        FeedbackWriter.write(Topics.RETRAIN_REQUESTS, "x", Json.bytes(Map.of("requestId", "r", "loop", "nowhere")));
        FeedbackWriter.write(Topics.RETRAIN_REQUESTS, "x", new byte[] {'{'});
        String dead = Topics.deadLetter(Topics.RETRAIN_REQUESTS);
        await().atMost(Calls.PATIENCE).untilAsserted(() -> assertThat(TopicReader.all(dead, record -> true))
                .extracting(record -> EventHeaders.text(record.headers(), Headers.DEAD_LETTER_REASON)
                        .orElseThrow())
                .anyMatch(reason -> reason.contains("loop=nowhere"))
                .anyMatch(reason -> reason.contains("not JSON")));
        given().contentType(ContentType.JSON)
                .body("{\"loop\":\"other\"}")
                .post("/v1/loops/nowhere/retrain")
                .then()
                .statusCode(404);
    }
}
