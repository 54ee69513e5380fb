package io.leeway.training;

import static io.leeway.training.Calls.send;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.leeway.contracts.Json;
import io.leeway.contracts.StepState;
import io.leeway.contracts.rest.Job;
import io.leeway.contracts.rest.JobProgress;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class JobFlowTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aListenerHearsOfEveryStepAndEveryEpochOnceAndInOrder() throws Exception {
        String loop = "followed";
        Calls.makeLoop(loop, Map.of("learner", "dl4j", "minimumFeedback", 600, "epochs", 30));
        Job job = Calls.retrain(loop, Map.of());
        List<JobProgress> told = new ArrayList<>();
        HttpResponse<java.io.InputStream> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/v1/jobs/"
                                        + job.jobId() + "/progress"))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        try (var lines = new java.io.BufferedReader(new java.io.InputStreamReader(response.body()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    told.add(Json.read(line.substring(5).getBytes(), JobProgress.class));
                    if (told.size() == 1) {
                        // Only now, so that what follows can only have come while the job went on.
                        FeedbackWriter.write(new World(loop, 31, START).feedback(600));
                    }
                }
            }
        }
        assertThat(told).extracting(JobProgress::step).contains("Ingester", "Trainer", "Deployer");
        List<Integer> epochs = told.stream()
                .flatMap(progress -> progress.losses().stream())
                .map(JobProgress.Loss::epoch)
                .toList();
        assertThat(epochs)
                .isNotEmpty()
                .isEqualTo(IntStream.rangeClosed(1, epochs.size()).boxed().toList());
        assertThat(told.get(told.size() - 1).state()).isEqualTo(StepState.DONE);
        assertThat(told.stream().filter(progress -> progress.state().ended())).hasSize(1);
        JobProgress later = Json.read(
                given().get("/v1/jobs/" + job.jobId() + "/progress")
                        .asString()
                        .lines()
                        .filter(line -> line.startsWith("data:"))
                        .map(line -> line.substring(5))
                        .findFirst()
                        .orElseThrow()
                        .getBytes(),
                JobProgress.class);
        assertThat(later.losses()).hasSameSizeAs(epochs);
        given().get("/v1/jobs/none/progress").then().statusCode(404);
    }

    @Test
    void aCancelledJobEndsAtOnceAndRegistersNothing() {
        String loop = "cancelled";
        Calls.makeLoop(loop, Map.of("learner", "linear", "minimumFeedback", 300));
        Job runs = Calls.retrain(loop, Map.of());
        Calls.await(
                runs.jobId(),
                job -> job.state() == StepState.RUNNING && !job.steps().isEmpty());
        Job waits = Calls.retrain(loop, Map.of());
        assertThat(waits.jobId()).isNotEqualTo(runs.jobId());
        given().delete("/v1/jobs/" + waits.jobId() + "?by=ada")
                .then()
                .statusCode(200)
                .body("state", equalTo("cancelled"));
        given().delete("/v1/jobs/" + runs.jobId() + "?by=ada&reason=typo")
                .then()
                .statusCode(200)
                .body("state", equalTo("cancelled"))
                .body("message", equalTo("cancelled by ada: typo"));
        given().delete("/v1/jobs/" + runs.jobId()).then().statusCode(200);
        FeedbackWriter.write(new World(loop, 32, START).feedback(300));
        Job next = Calls.awaitEnd(Calls.retrain(loop, Map.of()).jobId());
        assertThat(next.modelVersion()).isEqualTo(1);
        given().delete("/v1/jobs/" + next.jobId()).then().statusCode(409);
        given().get("/v1/loops/" + loop + "/versions").then().body("", hasSize(1));
        assertThat(Calls.job(runs.jobId()).steps())
                .extracting(step -> step.state())
                .containsExactly(StepState.CANCELLED);
        given().delete("/v1/jobs/none").then().statusCode(404);
    }

    @Test
    void aJobIsGivenUpAtItsDeadline() {
        String loop = "late";
        Calls.makeLoop(loop, Map.of("learner", "linear", "minimumFeedback", 300));
        Job job = Calls.retrain(
                loop, Map.of("deadline", Instant.now().plusSeconds(2).toString()));
        Job ended = Calls.awaitEnd(job.jobId());
        assertThat(ended.state()).isEqualTo(StepState.FAILED);
        assertThat(ended.message()).startsWith("given up: its deadline has passed");
        assertThat(ended.endedAt()).isAfterOrEqualTo(ended.deadline());
    }

    @Test
    void aTrainerThatIsKilledIsTriedAgain() {
        String loop = "killed";
        Calls.makeLoop(loop, Map.of("learner", "dl4j", "minimumFeedback", 600, "epochs", 60));
        FeedbackWriter.write(new World(loop, 33, START).feedback(4000));
        Job job = Calls.retrain(loop, Map.of());
        await().atMost(Calls.PATIENCE).until(() -> {
            if (Calls.job(job.jobId()).steps().stream()
                    .anyMatch(step -> "Trainer".equals(Json.mapper().convertValue(step.step(), String.class)))) {
                ProcessHandle.current()
                        .descendants()
                        .filter(JobFlowTest::isTrainer)
                        .forEach(ProcessHandle::destroyForcibly);
            }
            return Calls.job(job.jobId()).retryAt() != null
                    || Calls.job(job.jobId()).attempts() > 1;
        });
        Job ended = Calls.awaitEnd(job.jobId());
        assertThat(ended.state()).as(ended.message()).isEqualTo(StepState.DONE);
        assertThat(ended.attempts()).isGreaterThan(1);
        given().get("/v1/loops/" + loop + "/versions").then().body("", hasSize(1));
    }

    /** Its command line is too long for what Java tells of processes. */
    private static boolean isTrainer(ProcessHandle child) {
        try {
            return Files.readString(Path.of("/proc/" + child.pid() + "/cmdline"))
                    .contains("TrainerMain");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aRequestThatIsTooUrgentIsRefused() {
        Calls.makeLoop("urgent", Map.of("minimumFeedback", 300));
        send(Map.of("priority", 10))
                .post("/v1/loops/urgent/retrain")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("priority"));
        Job job = Calls.retrain("urgent", Map.of("priority", 7, "by", "ada"));
        assertThat(job.priority()).isEqualTo(7);
        assertThat(job.by()).isEqualTo("ada");
        given().delete("/v1/loops/urgent?confirm=urgent").then().statusCode(204);
    }
}
