package io.leeway.prediction.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.ServingSettings;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.World;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A loop that is called without end, alone and in batches, is held to its limit and leaves the others room. */
@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class NoisyLoopTest {
    private static final int LIMIT = 20;
    private static final int QUIET_CALLS = 1000;
    private static final String DECISION = "{\"context\":{\"x\":1}}";
    private static final String BATCH =
            IntStream.range(0, 100).mapToObj(i -> DECISION).collect(Collectors.joining(",", "{\"items\":[", "]}"));
    private static final Pattern ANSWERED = Pattern.compile("\"status\":200");

    @TestHTTPResource
    URI service;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong admitted = new AtomicLong();
    private volatile boolean noise = true;

    @Test
    void theOthersAreAnsweredWhileANoisyLoopIsHeldToItsLimit() throws Exception {
        World.loop(TestLoops.bandit("quiet", null, "a", "b"));
        World.loop(TestLoops.serving(
                TestLoops.bandit("noisy", null, "a", "b"), new ServingSettings(null, null, LIMIT, null)));
        quietCall();
        double alone = quietCall();
        List<Thread> callers = Stream.<Runnable>of(() -> call(DECISION, ""), () -> call(BATCH, "/batch"))
                .map(Thread::new)
                .toList();
        long begin = System.nanoTime();
        callers.forEach(Thread::start);
        double beside = quietCall();
        noise = false;
        for (Thread caller : callers) {
            caller.join();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "median of %d quiet calls: alone %.2f ms, beside noise %.2f ms (ratio %.2f); noisy calls %d, admitted %d in %.1f s%n",
                QUIET_CALLS, alone, beside, beside / alone, asked.get(), admitted.get(), seconds);
        assertThat(admitted.get()).isBetween((long) LIMIT, (long) (LIMIT * (seconds + 1)) + 1);
        assertThat(asked.get()).isGreaterThan(admitted.get());
        // With as many callers as there are, an even share would be a third; what is left is for a busy machine.
        assertThat(beside).isLessThan(10 * alone);
    }

    /** Median milliseconds of calls one after the other; none may be refused. */
    private double quietCall() throws IOException, InterruptedException {
        long[] nanos = new long[QUIET_CALLS];
        for (int i = 0; i < QUIET_CALLS; i++) {
            long begin = System.nanoTime();
            assertThat(post("quiet", "", DECISION))
                    .doesNotContain("\"problem\"")
                    .contains("\"quiet\"");
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos[QUIET_CALLS / 2] / 1e6;
    }

    private void call(String body, String path) {
        try {
            while (noise) {
                String answer = post("noisy", path, body);
                boolean batch = body.equals(BATCH);
                asked.addAndGet(batch ? 100 : 1);
                admitted.addAndGet(
                        batch
                                ? ANSWERED.matcher(answer).results().count()
                                : answer.contains("\"modelVersion\"") ? 1 : 0);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String post(String loop, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/v1/loops/" + loop + "/decisions" + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
