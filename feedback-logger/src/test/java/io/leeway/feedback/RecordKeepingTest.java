package io.leeway.feedback;

import static io.leeway.feedback.Service.event;
import static io.leeway.feedback.Service.eventWithRevision;
import static io.leeway.feedback.Service.eventually;
import static io.leeway.feedback.Service.summary;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.leeway.contracts.Episode;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.contracts.TrainingEvent;
import io.leeway.contracts.TrainingEventType;
import io.leeway.contracts.rest.EpisodePage;
import io.leeway.contracts.rest.Erasure;
import io.leeway.contracts.rest.EventPage;
import io.leeway.contracts.rest.FeedbackPage;
import io.leeway.contracts.rest.Rebuild;
import io.leeway.contracts.rest.Snapshot;
import io.leeway.feedback.kafka.Samples;
import io.leeway.stack.testing.LeewayTestResource;
import io.leeway.stack.testing.LocalStack;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Searching, snapshots, erasure and rebuild as the world sees them. */
@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class RecordKeepingTest {
    private static final Duration WAIT = Duration.ofSeconds(1);

    @RegisterExtension
    static final Service service = new Service();

    private static void events(String loop, int count) {
        service.make(Samples.loop(loop, WAIT));
        Instant time = now();
        for (int i = 0; i < count; i++) {
            if (i % 4 != 3) {
                service.reward(loop, "e" + i, 0.25, "r" + i, time.plusMillis(i));
            }
            service.decide(Samples.decision(loop, "e" + i, time.plusMillis(i), i % 2 == 0 ? "a" : "b", false));
        }
        eventually().until(() -> summary(loop).matched() + summary(loop).defaulted() == count);
        eventually().untilAsserted(() -> given().queryParam("limit", 1000)
                .get("/v1/loops/{loop}/events", loop)
                .then()
                .body("events.findAll { it.decision != null }.size()", equalTo(count)));
    }

    @Test
    void searchesPageByPage() {
        events("searched", 8);
        var page = given().queryParam("action", "a")
                .queryParam("context", "user=u1")
                .queryParam("status", "matched")
                .queryParam("version", 3)
                .queryParam("limit", 3)
                .get("/v1/loops/searched/events")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        EventPage first = Json.read(page, EventPage.class);
        assertThat(first.events()).extracting("eventId").containsExactly("e6", "e4", "e2");
        assertThat(first.events().get(0).feedback().get(0).decision().context()).containsEntry("user", "u1");
        given().queryParam("action", "a")
                .queryParam("status", "matched")
                .queryParam("limit", 3)
                .queryParam("after", first.next())
                .get("/v1/loops/searched/events")
                .then()
                .body("events.eventId", equalTo(List.of("e0")))
                .body("next", equalTo(null));
        given().get("/v1/loops/searched/versions")
                .then()
                .statusCode(200)
                .body("modelVersion", equalTo(3))
                .body("versions[0].decisions", equalTo(8));
        given().queryParam("from", "yesterday")
                .get("/v1/loops/searched/events")
                .then()
                .statusCode(400);
        given().queryParam("status", "lost")
                .get("/v1/loops/searched/events")
                .then()
                .statusCode(400);
        given().queryParam("context", "user")
                .get("/v1/loops/searched/events")
                .then()
                .statusCode(400);
        given().queryParam("limit", 1001)
                .get("/v1/loops/searched/events")
                .then()
                .statusCode(400);
        given().get("/v1/loops/nosuch/events").then().statusCode(404);
    }

    @Test
    void aSnapshotHoldsThroughACorrectionAndARebuildWithTraffic() {
        events("rebuilt", 40);
        Snapshot snapshot = Json.read(
                given().contentType("application/json")
                        .body("{\"context\":{\"age\":31}}")
                        .post("/v1/loops/rebuilt/snapshots")
                        .then()
                        .statusCode(201)
                        .extract()
                        .asByteArray(),
                Snapshot.class);
        assertThat(snapshot.rows()).isEqualTo(40);
        String rows = rows(snapshot);
        service.reward(
                "rebuilt",
                "e3",
                0.75,
                "late",
                event("rebuilt", "e3").orElseThrow().decision().time());
        eventWithRevision("rebuilt", "e3", 2);
        given().contentType("application/json")
                .body("{\"eventIds\":[\"e39\"],\"reference\":\"ticket 1\"}")
                .post("/v1/loops/rebuilt/erasures")
                .then()
                .statusCode(200)
                .body("events", equalTo(1));
        Rebuild done = rebuild("{}");
        assertThat(done.after()).isEqualTo(done.before());
        assertThat(done.after().tables()).anyMatch(table -> table.table().equals("decision") && table.rows() >= 39);
        assertThat(event("rebuilt", "e39")).isEmpty();
        assertThat(rows(snapshot).lines().toList())
                .isEqualTo(
                        rows.lines().filter(line -> !line.contains("\"e39\"")).toList());
        assertThat(event("rebuilt", "e3").orElseThrow().feedback()).hasSize(2);
        Rebuild one = rebuild("{\"loop\":\"rebuilt\"}");
        assertThat(one.after()).isEqualTo(one.before());
        given().get("/v1/loops/rebuilt/erasures").then().statusCode(200).body("[0].reference", equalTo("ticket 1"));
        given().delete("/v1/loops/rebuilt/snapshots/" + snapshot.id()).then().statusCode(204);
        given().get("/v1/loops/rebuilt/snapshots/" + snapshot.id()).then().statusCode(404);
        given().get("/v1/projection/rebuilds/nosuch").then().statusCode(404);
    }

    /** While decisions and rewards keep coming. */
    private static Rebuild rebuild(String request) {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger sent = new AtomicInteger();
        String prefix = "t" + System.nanoTime() + "-";
        Thread traffic = new Thread(() -> {
            while (!over.get()) {
                String eventId = prefix + sent.incrementAndGet();
                service.decide(Samples.decision("rebuilt", eventId, now()));
                service.reward("rebuilt", eventId, 0.5, null, now());
            }
        });
        traffic.start();
        try {
            Rebuild begun = Json.read(
                    given().contentType("application/json")
                            .body(request)
                            .post("/v1/projection/rebuilds")
                            .then()
                            .statusCode(202)
                            .extract()
                            .asByteArray(),
                    Rebuild.class);
            Rebuild ended = eventually()
                    .until(
                            () -> Json.read(
                                    given().get("/v1/projection/rebuilds/" + begun.id())
                                            .asByteArray(),
                                    Rebuild.class),
                            rebuild -> rebuild.state() != Rebuild.State.RUNNING);
            assertThat(ended.state()).as(ended.reason()).isEqualTo(Rebuild.State.DONE);
            return ended;
        } finally {
            over.set(true);
            try {
                traffic.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            // What came meanwhile is there, too.
            eventWithRevision("rebuilt", prefix + sent.get(), 1);
            eventWithRevision("rebuilt", prefix + 1, 1);
        }
    }

    private static String rows(Snapshot snapshot) {
        return given().get("/v1/loops/rebuilt/snapshots/" + snapshot.id() + "/rows")
                .then()
                .statusCode(200)
                .header("Leeway-Snapshot-Sha256", equalTo(snapshot.sha256()))
                .extract()
                .asString();
    }

    @Test
    void hearsWhatModelsWereTrainedOn() {
        TrainingEvent told = new TrainingEvent(
                "t1",
                "trained",
                "job",
                now(),
                TrainingEventType.REGISTERED,
                4L,
                Map.of("dataset", Map.of("id", "d-1", "from", "2026-01-01T00:00:00Z", "to", "2026-02-01T00:00:00Z")),
                "registered",
                null);
        service.send(Topics.TRAINING_EVENTS, null, "trained", Json.bytes(told), EventType.TRAINING_EVENT);
        eventually().untilAsserted(() -> assertThat(dataset()).isEqualTo("d-1 2026-01-01 2026-02-01"));
    }

    private static String dataset() throws SQLException {
        try (Connection connection = LocalStack.shared().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select dataset_id || ' ' || first_time::date || ' ' ||"
                        + " last_time::date from projection.dataset where loop = 'trained' and model_version = 4")) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    @Test
    void erasuresAreAskedForInOneWay() {
        service.make(Samples.loop("erased", WAIT));
        for (String body : new String[] {"{}", "{\"eventIds\":[]}", "{\"eventIds\":[\"e\"],\"contextPath\":\"a\"}"}) {
            given().contentType("application/json")
                    .body(body)
                    .post("/v1/loops/erased/erasures")
                    .then()
                    .statusCode(400);
        }
        given().get("/v1/projection/hash?loop=erased")
                .then()
                .statusCode(200)
                .body("tables[0].rows", equalTo(0))
                .body("sha256", notNullValue());
        given().get("/q/openapi?format=json").then().body(containsString("/v1/loops/{loop}/erasures"));
    }

    @Test
    void anErasureSaysWhenKafkasCopiesAreGone() throws Exception {
        service.make(Samples.loop("copied", WAIT));
        String erasure = "{\"eventIds\":[\"e\"]}";
        // What the database is rebuilt from is kept for ever, unless somebody says otherwise.
        assertThat(erase("copied", erasure).goneFromKafkaBy()).isNull();
        List<String> record =
                List.of(Topics.DECISIONS, Topics.REWARDS, Topics.FEEDBACK, "leeway-feedback-logger-fates");
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers()))) {
            retain(admin, record, Duration.ofDays(40).toMillis());
            try {
                Erasure told = erase("copied", erasure);
                // 40 days, 7 of the segment, and the broker's own slack.
                assertThat(told.goneFromKafkaBy())
                        .isBetween(
                                told.at().plus(Duration.ofDays(47)), told.at().plus(Duration.ofDays(48)));
            } finally {
                retain(admin, record, -1);
            }
        }
    }

    private static Erasure erase(String loop, String request) {
        return Json.read(
                given().contentType("application/json")
                        .body(request)
                        .post("/v1/loops/{loop}/erasures", loop)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray(),
                Erasure.class);
    }

    private static void retain(Admin admin, List<String> topics, long millis) throws Exception {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        ConfigEntry entry = new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, Long.toString(millis));
        topics.forEach(topic -> changes.put(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))));
        admin.incrementalAlterConfigs(changes).all().get();
        eventually().until(() -> admin.describeConfigs(changes.keySet()).all().get().values().stream()
                .allMatch(config -> config.get(entry.name()).value().equals(entry.value())));
    }

    @Test
    void theStepsOfAnEpisodeAreLinkedInWhatIsStored() {
        service.make(Samples.loop("walked", WAIT));
        Instant time = now();
        service.reward("walked", "s1", 0.5, null, time.plusMillis(1));
        for (int step : new int[] {2, 0, 1}) {
            Episode episode = new Episode("walk 1", step, step == 2);
            service.decide(Samples.decision("walked", "s" + step, time.plusMillis(step), episode));
        }
        eventually().until(() -> summary("walked").matched() + summary("walked").defaulted() == 3);
        eventually().untilAsserted(() -> assertThat(episode("walked", 2, null).knownSteps())
                .isEqualTo(3));
        EpisodePage first = episode("walked", 2, null);
        assertThat(first.ended()).isTrue();
        assertThat(first.missing()).isZero();
        assertThat(first.steps()).extracting("step", "nextEventId").containsExactly(tuple(0, "s1"), tuple(1, "s2"));
        assertThat(first.steps().get(1).event().feedback().get(0).reward()).isEqualTo(0.5);
        EpisodePage second = episode("walked", 2, first.next());
        assertThat(second.next()).isNull();
        assertThat(second.steps()).singleElement().satisfies(step -> {
            assertThat(step.terminal()).isTrue();
            assertThat(step.nextEventId()).isNull();
        });
        assertThat(event("walked", "s0").orElseThrow().feedback().get(0).nextEventId())
                .isEqualTo("s1");
        assertThat(event("walked", "s2").orElseThrow().feedback().get(0).nextEventId())
                .isNull();
        FeedbackPage feedback =
                Json.read(given().get("/v1/loops/walked/feedback").asByteArray(), FeedbackPage.class);
        assertThat(feedback.feedback())
                .extracting("eventId", "nextEventId")
                .containsExactlyInAnyOrder(tuple("s0", "s1"), tuple("s1", "s2"), tuple("s2", null));
        given().get("/v1/loops/walked/episodes/nosuch").then().statusCode(404);
        given().queryParam("after", "x")
                .get("/v1/loops/walked/episodes/walk 1")
                .then()
                .statusCode(400);
    }

    private static EpisodePage episode(String loop, int limit, String after) {
        var asking = given().queryParam("limit", limit);
        if (after != null) {
            asking.queryParam("after", after);
        }
        return Json.read(
                asking.get("/v1/loops/{loop}/episodes/{id}", loop, "walk 1")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray(),
                EpisodePage.class);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
