package io.leeway.feedback;

import static io.leeway.feedback.Service.event;
import static io.leeway.feedback.Service.eventually;
import static io.leeway.feedback.Service.summary;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.leeway.contracts.rest.Event;
import io.leeway.feedback.kafka.Samples;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** History comes in by HTTP and goes around the join. */
@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class HistoryTest {
    private static final Duration WAIT = Duration.ofSeconds(1);

    @RegisterExtension
    static final Service service = new Service();

    @Test
    void importsHistoryAroundTheJoin() {
        service.make(Samples.loop("history", WAIT));
        service.decide(Samples.decision("history", "live", now()));
        eventually().until(() -> event("history", "live").isPresent());
        String lines = """
                {"eventId":"h1","time":"2024-05-01T10:00:00Z","context":{"user":"u1"},"actions":[{"id":"a"},{"id":"b"}],\
                "action":"a","probability":0.8,"probabilities":[{"action":"a","probability":0.8},{"action":"b","probability":0.2}],"reward":1}
                {"eventId":"h2","time":"2024-05-01T10:00:01Z","slots":[{"name":"main","action":"b","probability":0.2,\
                "probabilities":[{"action":"a","probability":0.8},{"action":"b","probability":0.2}]}],"reward":-0.5}

                {"eventId":"h2","time":"2024-05-01T10:00:01Z","action":"b","probability":0.2,"reward":0}
                {"eventId":"live","time":"2024-05-01T10:00:01Z","action":"b","probability":0.2,"reward":0}
                {"eventId":"h3","time":"2024-05-01T10:00:01Z","action":"b","probability":0.2,"reward":7}
                {"eventId":"h4","time":"2024-05-01T10:00:01Z","action":"b","probability":0.2
                {"eventId":"h5","action":"b","probability":0.2,"reward":0}
                {"eventId":"h6","time":"2024-05-01T10:00:01Z","action":"b","probability":0.9,"probabilities":[{"action":"b","probability":0.5},{"action":"a","probability":0.5}],"reward":0}
                {"eventId":"h7","time":"2024-05-01T10:00:01Z","action":"b","reward":0}
                """;
        importing(lines, "history")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(2))
                .body("duplicates", equalTo(2))
                .body("rejectedLines", equalTo(5))
                .body("rejected.line", equalTo(List.of(6, 7, 8, 9, 10)))
                .body("rejected[0].reason", containsString("reward=7.0"))
                .body("rejected[1].reason", containsString("not JSON at line 1"))
                .body("rejected[2].reason", containsString("time"))
                .body("rejected[4].reason", containsString("must be given unless probabilities are"));
        eventually()
                .until(() -> event("history", "h1").isPresent()
                        && event("history", "h2").isPresent());
        Event imported = event("history", "h1").orElseThrow();
        assertThat(imported.decision().slots().get(0).probability()).isEqualTo(0.8);
        assertThat(imported.rewards()).hasSize(1);
        assertThat(imported.feedback().get(0).imported()).isTrue();
        assertThat(event("history", "h2").orElseThrow().feedback().get(0).reward())
                .isEqualTo(-0.5);
        importing(lines, "history").then().body("accepted", equalTo(0)).body("duplicates", equalTo(4));
        eventually()
                .untilAsserted(() -> assertThat(summary("history").decisions()).isEqualTo(3));
    }

    private static io.restassured.response.Response importing(String lines, String loop) {
        return given().contentType("application/x-ndjson")
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post("/v1/loops/{loop}/imports", loop);
    }

    @Test
    void refusesInWords() {
        service.make(Samples.loop("no-history", WAIT));
        importing("{}", "nosuch").then().statusCode(404);
        given().contentType("text/plain")
                .body("x")
                .post("/v1/loops/no-history/imports")
                .then()
                .statusCode(415);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
