package io.leeway.feedback;

import static io.leeway.feedback.Service.event;
import static io.leeway.feedback.Service.eventWithRevision;
import static io.leeway.feedback.Service.eventually;
import static io.leeway.feedback.Service.summary;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.leeway.contracts.Activation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.contracts.rest.Event;
import io.leeway.contracts.rest.FeedbackPage;
import io.leeway.contracts.rest.FeedbackSummary;
import io.leeway.feedback.kafka.Samples;
import io.leeway.stack.testing.LeewayTestResource;
import io.leeway.stack.testing.LocalStack;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole service between a real broker and a real database. Every test has its own loop. */
@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class FeedbackLoggerTest {
    /** Feedback closes this long after its decision: where a test sends both, the reward goes first and cannot be late. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    private static final String CONNECTED = " from pg_stat_activity where datname = 'leeway'";

    @RegisterExtension
    static final Service service = new Service();

    @Test
    void joinsAndLandsADecisionWithItsReward() {
        Duration wait = WAIT.multipliedBy(5);
        service.make(Samples.loop("joined", wait));
        Decision decision = Samples.decision("joined", "e1", now());
        service.decide(decision);
        service.reward("joined", "e1", 0.5, "r1", now());
        Event event = eventually().until(() -> eventWithRevision("joined", "e1", 1), it -> !it.rewards()
                .isEmpty());
        assertThat(event.decision()).isEqualTo(decision);
        assertThat(event.rewards()).extracting("rewardId").containsExactly("r1");
        Feedback feedback = event.feedback().get(0);
        assertThat(feedback.status()).isEqualTo(FeedbackStatus.MATCHED);
        assertThat(feedback.reward()).isEqualTo(0.5);
        assertThat(feedback.decision()).isEqualTo(decision);
        assertThat(feedback.closedAt()).isAfterOrEqualTo(decision.time().plus(wait));
        given().get("/v1/events/e1").then().statusCode(200).body("findAll { it.loop == 'joined' }.size()", equalTo(1));
    }

    @Test
    void aRewardOnAnotherPartitionMeetsItsDecision() {
        service.make(Samples.loop("partitions", WAIT));
        int partitions = 6;
        Instant time = now();
        for (int i = 0; i < partitions; i++) {
            String eventId = "p" + i;
            int murmur = Utils.toPositive(Utils.murmur2(eventId.getBytes(StandardCharsets.UTF_8)));
            int other = (murmur % partitions + 1 + i % (partitions - 1)) % partitions;
            String reward = Json.text(Samples.reward("partitions", eventId, 0.1 * i, null, time));
            service.raw(Topics.REWARDS, other, i % 2 == 0 ? null : eventId, reward);
            service.decide(Samples.decision("partitions", eventId, time));
        }
        for (int i = 0; i < partitions; i++) {
            Feedback feedback =
                    eventWithRevision("partitions", "p" + i, 1).feedback().get(0);
            assertThat(feedback.status()).isEqualTo(FeedbackStatus.MATCHED);
            assertThat(feedback.reward()).isEqualTo(0.1 * i);
        }
    }

    @Test
    void countsEveryFate() {
        service.make(Samples.loop("fates", WAIT));
        Instant time = now();
        service.reward("fates", "matched", 1, "r", time);
        service.reward("fates", "matched", 1, "r", time);
        service.decide(Samples.decision("fates", "matched", time));
        service.decide(Samples.decision("fates", "defaulted", time));
        service.decide(Samples.decision("fates", "conflicting", time, "a", false));
        service.decide(Samples.decision("fates", "conflicting", time, "b", false));
        activate("fates", "shown", time);
        service.decide(Samples.decision("fates", "shown", time, "a", true));
        service.reward("fates", "neverShown", 1, null, time);
        service.decide(Samples.decision("fates", "neverShown", time, "a", true));
        service.reward("fates", "nobody", 1, null, time);
        service.reward("fates", "poison", 7, null, time);
        eventWithRevision("fates", "defaulted", 1);
        service.reward("fates", "defaulted", 0.25, null, time.plusSeconds(2));
        Event corrected = eventWithRevision("fates", "defaulted", 2);
        assertThat(corrected.feedback())
                .extracting(Feedback::status)
                .containsExactly(FeedbackStatus.DEFAULTED, FeedbackStatus.CORRECTED);
        assertThat(corrected.feedback().get(1).reward()).isEqualTo(0.25);
        service.decide(Samples.decision("fates", "open", now().plusSeconds(3000)));
        double meanReward = (1 + 0.25 - 1 - 1) / 4;
        FeedbackSummary expected = new FeedbackSummary("fates", 6, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, meanReward);
        eventually().untilAsserted(() -> assertThat(summary("fates")).isEqualTo(expected));
        assertThat(event("fates", "neverShown").orElseThrow().feedback()).isEmpty();
        eventually().untilAsserted(() -> assertThat(
                        event("fates", "shown").orElseThrow().activations())
                .hasSize(1));
        assertThat(event("fates", "conflicting")
                        .orElseThrow()
                        .decision()
                        .slots()
                        .get(0)
                        .action())
                .isEqualTo("a");
        assertThat(eventually()
                        .until(() -> event("fates", "nobody"), Optional::isPresent)
                        .orElseThrow()
                        .decision())
                .isNull();
        given().get("/q/metrics").then().body(containsString("leeway_feedback_orphan_total{loop=\"fates\"} 1.0"));
    }

    private static void activate(String loop, String eventId, Instant time) {
        byte[] activation = Json.bytes(new Activation(loop, eventId, time, null));
        service.send(Topics.REWARDS, null, eventId, activation, EventType.ACTIVATION);
    }

    @Test
    void theFirstOfTwoContradictingDecisionsIsStoredWhicheverLandedFirst() {
        service.make(Samples.loop("conflicts", WAIT));
        Instant time = now();
        int events = 20;
        for (int i = 0; i < events; i++) {
            Decision a = Samples.decision("conflicts", "c" + i, time, "a", false);
            Decision b = Samples.decision("conflicts", "c" + i, time, "b", false);
            service.send(Topics.DECISIONS, i % 6, null, Json.bytes(a), null);
            service.send(Topics.DECISIONS, (i + 1) % 6, null, Json.bytes(b), null);
        }
        eventually().until(() -> summary("conflicts").conflicting() == events);
        for (int i = 0; i < events; i++) {
            Event event = eventWithRevision("conflicts", "c" + i, 1);
            assertThat(event.decision()).isEqualTo(event.feedback().get(0).decision());
        }
    }

    @Test
    void nothingIsDefaultedWhileItsRewardIsStillInABacklog() {
        service.make(Samples.loop("backlog", WAIT));
        Instant anHourAgo = now().minusSeconds(3600);
        byte[] filler = Json.bytes(Samples.reward("backlog", "filler", 0, "same", anHourAgo));
        byte[] reward = Json.bytes(Samples.reward("backlog", "e1", 0.5, null, anHourAgo));
        byte[] decision = Json.bytes(Samples.decision("backlog", "e1", anHourAgo));
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        records.add(new ProducerRecord<>(Topics.DECISIONS, 3, "e1", decision));
        int fillers = 30_000;
        for (int i = 0; i < fillers; i++) {
            records.add(new ProducerRecord<>(Topics.REWARDS, 0, "filler", filler));
        }
        records.add(new ProducerRecord<>(Topics.REWARDS, 0, "e1", reward));
        service.appear(records);
        Event event = eventWithRevision("backlog", "e1", 1);
        assertThat(event.feedback()).hasSize(1);
        assertThat(event.feedback().get(0).status()).isEqualTo(FeedbackStatus.MATCHED);
        eventually().until(() -> summary("backlog").duplicate() == fillers - 1);
    }

    @Test
    void theJoinGoesOnWithoutTheDatabaseWhichCatchesUp() throws SQLException {
        service.make(Samples.loop("away", WAIT));
        String url = LocalStack.shared().jdbcUrl().replace("/leeway", "/postgres");
        try (Connection elsewhere = DriverManager.getConnection(url, LocalStack.USER, LocalStack.PASSWORD);
                Statement statement = elsewhere.createStatement()) {
            statement.execute("alter database leeway with allow_connections false");
            try {
                statement.execute("select pg_terminate_backend(pid)" + CONNECTED);
                eventually().until(() -> count(statement, "select count(*)" + CONNECTED) == 0);
                service.reward("away", "e1", 0.5, "r1", now());
                service.decide(Samples.decision("away", "e1", now()));
                eventually().until(() -> joined("away", "e1"));
                eventually().untilAsserted(() -> given().get("/q/health/ready")
                        .then()
                        .statusCode(503)
                        .body("checks.find { it.name == 'rows land in the database' }.status", equalTo("DOWN")));
                eventually().untilAsserted(() -> assertThat(landingWaits()).isPositive());
            } finally {
                statement.execute("alter database leeway with allow_connections true");
            }
        }
        eventually().untilAsserted(() -> assertThat(event("away", "e1"))
                .hasValueSatisfying(event -> assertThat(event.rewards()).hasSize(1)));
        assertThat(eventWithRevision("away", "e1", 1).decision()).isNotNull();
        eventually().untilAsserted(() -> assertThat(landingWaits()).isZero());
    }

    private static int count(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static double landingWaits() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("leeway_feedback_landing_waiting_seconds"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean joined(String loop, String eventId) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", LocalStack.shared().bootstrapServers(), "isolation.level", "read_committed");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.FEEDBACK).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<String> found = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    Feedback feedback = Json.read(record.value(), Feedback.class);
                    found.add(feedback.loop() + "/" + feedback.eventId());
                });
            }
            return found.contains(loop + "/" + eventId);
        }
    }

    @Test
    void pagesThroughFeedbackNewestFirst() {
        service.make(Samples.loop("pages", WAIT));
        Instant time = now();
        for (int i = 0; i < 25; i++) {
            service.reward("pages", "e" + i, 0, null, time);
            service.decide(Samples.decision("pages", "e" + i, time));
        }
        eventually().until(() -> summary("pages").matched() == 25);
        Set<String> seen = new TreeSet<>();
        List<Instant> times = new ArrayList<>();
        String after = null;
        int pages = 0;
        do {
            var request = given().queryParam("limit", 10);
            FeedbackPage page = Json.read(
                    (after == null ? request : request.queryParam("after", after))
                            .get("/v1/loops/pages/feedback")
                            .then()
                            .statusCode(200)
                            .extract()
                            .asByteArray(),
                    FeedbackPage.class);
            page.feedback().forEach(feedback -> {
                assertThat(seen.add(feedback.eventId())).isTrue();
                times.add(feedback.closedAt());
            });
            after = page.next();
            pages++;
        } while (after != null);
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(25);
        assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void refusesInWords() {
        service.make(Samples.loop("refusals", WAIT));
        given().get("/v1/loops/nosuch/feedback/summary")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-loop"));
        given().get("/v1/loops/nosuch/feedback").then().statusCode(404);
        given().get("/v1/loops/nosuch/events/e").then().statusCode(404).body("type", equalTo("/problems/unknown-loop"));
        given().get("/v1/loops/refusals/events/nosuch").then().statusCode(404).body("detail", containsString("nosuch"));
        given().get("/v1/events/nosuch").then().statusCode(200).body("size()", equalTo(0));
        given().queryParam("limit", 0).get("/v1/loops/refusals/feedback").then().statusCode(400);
        given().queryParam("limit", 1001)
                .get("/v1/loops/refusals/feedback")
                .then()
                .statusCode(400);
        given().queryParam("after", "%%%")
                .get("/v1/loops/refusals/feedback")
                .then()
                .statusCode(400);
        given().queryParam("limit", "ten")
                .get("/v1/loops/refusals/feedback")
                .then()
                .statusCode(404);
    }

    @Test
    void saysHowItIsAndWhatItOffers() {
        eventually().untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        given().get("/q/openapi?format=json").then().statusCode(200).body(containsString("/v1/loops/{loop}/imports"));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
