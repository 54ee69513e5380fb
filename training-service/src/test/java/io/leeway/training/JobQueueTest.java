package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leeway.contracts.StepState;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue with several workers on one database; the service's own dispatcher sleeps meanwhile. */
@QuarkusTest
@WithTestResource(LeewayTestResource.class)
@TestProfile(JobQueueTest.DispatcherSleeps.class)
class JobQueueTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Inject
    Jobs jobs;

    @Inject
    ExpireArtifacts expire;

    public static class DispatcherSleeps implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "training-service.jobs.look", "1H",
                    "training-service.retention.age", "P1D",
                    "training-service.retention.keep", "1",
                    "training-service.retention.every", "100H");
        }
    }

    @BeforeEach
    @AfterEach
    void empty() throws SQLException {
        await().atMost(Calls.PATIENCE).until(JobQueueTest::dispatcherSleeps);
        Calls.execute("delete from registry.jobs");
    }

    /** It looks once when the service starts. */
    private static boolean dispatcherSleeps() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("jobs"))
                .allMatch(thread -> {
                    StackTraceElement[] frames = thread.getValue();
                    for (int i = 1; i < frames.length; i++) {
                        if (frames[i].getMethodName().equals("dispatch")) {
                            return frames[i - 1].getMethodName().equals("sleep");
                        }
                    }
                    return false;
                });
    }

    @Test
    void theUrgentGoFirstButNothingWaitsForEver() throws SQLException {
        queue("schedule", 0, 0);
        queue("person", 3, 300);
        queue("drift", 2, 60);
        // Asked for so long before that it goes ahead of the most urgent.
        queue("old", 0, -5400);
        assertThat(claimAll()).containsExactly("old", "person", "drift", "schedule");
    }

    @Test
    void oneJobOfALoopRunsAtATime() throws SQLException {
        queue("first", "busy", 0, 0);
        assertThat(claim("a")).contains("first");
        queue("second", "busy", 9, 10);
        queue("other", "free", 0, 20);
        assertThat(claim("b")).contains("other");
        assertThat(claim("c")).isEmpty();
        assertThat(jobs.save(ended("first"), "a")).isTrue();
        assertThat(claim("c")).contains("second");
    }

    @Test
    void workersOnOneDatabaseShareTheJobsAmongThem() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add("job-" + i);
            queue("job-" + i, 0, i);
        }
        ExecutorService workers = Executors.newFixedThreadPool(6);
        try {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            for (int worker = 0; worker < 6; worker++) {
                String owner = "worker-" + worker;
                tasks.add(() -> claimAll(owner));
            }
            List<String> claimed = new ArrayList<>();
            for (Future<List<String>> future : workers.invokeAll(tasks)) {
                claimed.addAll(future.get());
            }
            assertThat(claimed).containsExactlyInAnyOrderElementsOf(all);
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void aLeaseThatHasEndedIsTakenOverAndItsHolderCanSaveNothing() throws SQLException {
        queue("job", 0, 0);
        assertThat(claim("dead")).contains("job");
        assertThat(claim("alive")).as("the lease goes on").isEmpty();
        Instant later = NOW.plusSeconds(31);
        assertThat(jobs.claim("alive", later, later.plusSeconds(30)).map(TrainingJob::attempts))
                .contains(2);
        assertThat(jobs.save(ended("job"), "dead")).isFalse();
        assertThat(jobs.extend("job", "dead", later.plusSeconds(60))).isFalse();
        assertThat(jobs.holding(Set.of("dead", "alive"))).containsExactly("alive");
        assertThat(jobs.save(ended("job"), "alive")).isTrue();
        assertThat(jobs.holding(Set.of("dead", "alive"))).isEmpty();
    }

    @Test
    void theLateAreFound() throws SQLException {
        queue("job", 0, 0);
        assertThat(jobs.late(NOW)).isEmpty();
        Calls.execute("update registry.jobs set deadline = '" + NOW.plusSeconds(5) + "'");
        assertThat(jobs.late(NOW)).isEmpty();
        assertThat(jobs.late(NOW.plusSeconds(6))).extracting(TrainingJob::jobId).containsExactly("job");
    }

    /** Six versions, registered long ago; which of them anything still names is told by the roles that they had. */
    @Test
    void artifactsGoThatNeitherARoleNorADecisionNames() throws SQLException {
        Calls.makeLoop("retained", Map.of());
        for (int version = 1; version <= 6; version++) {
            Calls.execute(
                    "insert into registry.versions (loop, version, learner, job_id, created_at, sha256, weights_sha256,"
                            + " size_bytes, metrics, gates, provenance) values ('retained', " + version
                            + ", 'linear', 'retained-"
                            + version + "', now() - interval '90 days', '', '', 1, '{}', '[]', '{}')");
            Calls.execute(
                    "insert into registry.artifacts (loop, version, bytes) values ('retained', " + version + ", 'x')");
        }
        // 1 was champion long ago, 2 lately, 3 is now; 4 and 5 never had a role; 6 is the newest.
        roles("null", "1", 80);
        roles("1", "2", 60);
        roles("2", "3", 5);
        Calls.execute(
                "insert into registry.roles (loop, role, version, since) values ('retained', 'champion', 3, now())");
        assertThat(expire.expire("retained")).as("decisions are kept for ever").containsExactlyInAnyOrder(4L, 5L);
        assertThat(expire.expire("retained")).isEmpty();
        setRetention("PT720H");
        assertThat(expire.expire("retained"))
                .as("those of version 1 went 30 days after")
                .containsExactly(1L);
        setRetention("PT24H");
        assertThat(expire.expire("retained"))
                .as("an undo would go back to version 2")
                .isEmpty();
        assertThat(Calls.query("select count(*) from registry.versions where loop = 'retained'"))
                .isEqualTo("6");
        Calls.get("/v1/loops/retained/versions/4/artifact").statusCode(404);
        Calls.get("/v1/loops/retained/audit").statusCode(200);
        assertThat(Calls.query("select count(*) from registry.audit where loop = 'retained' and what like 'took the%'"))
                .isEqualTo("3");
    }

    private static void setRetention(String retention) {
        Calls.send(Map.of("kind", "bandit", "log", Map.of("retention", retention)))
                .put("/v1/loops/retained")
                .then()
                .statusCode(200);
    }

    private static void roles(String from, String to, int daysAgo) throws SQLException {
        Calls.execute(
                "insert into registry.role_history (loop, role, version, previous, at, who) values ('retained', 'champion', "
                        + to + ", " + from + ", now() - interval '" + daysAgo + " days', 'test')");
    }

    private List<String> claimAll() {
        return claimAll("worker");
    }

    private List<String> claimAll(String owner) {
        List<String> claimed = new ArrayList<>();
        // Somebody else may hold the row that goes first, so that one empty answer is not the end.
        for (int empty = 0; empty < 5; ) {
            Optional<String> next = claim(owner);
            next.ifPresent(claimed::add);
            empty = next.isPresent() ? 0 : empty + 1;
        }
        return claimed;
    }

    private Optional<String> claim(String owner) {
        return jobs.claim(owner, NOW, NOW.plusSeconds(30)).map(TrainingJob::jobId);
    }

    private TrainingJob ended(String jobId) {
        return jobs.find(jobId).orElseThrow().ended(StepState.DONE, null, "done", NOW);
    }

    private static void queue(String jobId, int priority, int second) throws SQLException {
        queue(jobId, jobId, priority, second);
    }

    private static void queue(String jobId, String loop, int priority, int second) throws SQLException {
        Calls.execute(
                "insert into registry.jobs (id, loop, request, state, requested_at, attempts, steps, priority) values ('"
                        + jobId + "', '" + loop + "', '{\"requestId\":\"" + jobId + "\",\"loop\":\"" + loop
                        + "\",\"priority\":"
                        + priority + "}', 'waiting', '" + NOW.plusSeconds(second) + "', 0, '[]', " + priority + ")");
    }
}
