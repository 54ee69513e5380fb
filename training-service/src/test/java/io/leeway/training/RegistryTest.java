package io.leeway.training;

import static io.leeway.training.Calls.execute;
import static io.leeway.training.Calls.get;
import static io.leeway.training.Calls.send;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.leeway.contracts.Headers;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.contracts.rest.AuditVerdict;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.Job;
import io.leeway.contracts.rest.ModelCard;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.contracts.rest.RoleChange;
import io.leeway.kit.kafka.EventHeaders;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One loop with two versions, made once; each test looks at another side of it. */
@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class RegistryTest {
    private static final String LOOP = "remembered";
    private static final String PATH = "/v1/loops/" + LOOP;

    private static boolean made;
    private static Instant afterFirst;

    @Inject
    ExpireArtifacts expire;

    @BeforeEach
    void twoVersions() {
        if (made) {
            return;
        }
        made = true;
        Calls.makeLoop(LOOP, Map.of("learner", "linear", "minimumFeedback", 300));
        FeedbackWriter.write(new World(LOOP, 21, Instant.parse("2026-01-01T00:00:00Z")).feedback(600));
        train(Map.of("by", "ada", "reason", "first of all"));
        afterFirst = Instant.now();
        train(Map.of("cause", "drift", "driftId", "d7", "reason", "rewards fell", "deploy", false));
        send(Map.of("version", 2, "by", "grace", "reason", "by hand"))
                .put(PATH + "/roles/champion")
                .then()
                .statusCode(200);
    }

    private static void train(Map<String, Object> body) {
        Job job = Calls.awaitEnd(Calls.retrain(LOOP, body).jobId());
        assertThat(job.modelVersion()).as(job.message()).isNotNull();
    }

    @Test
    void aVersionSaysWhatLedToIt() {
        ModelVersion first = Calls.version(LOOP, 1);
        ModelVersion second = Calls.version(LOOP, 2);
        assertThat(first.lineage().by()).isEqualTo("ada");
        assertThat(first.lineage().reason()).isEqualTo("first of all");
        assertThat(first.lineage().parent()).isNull();
        assertThat(first.lineage().jobId()).isEqualTo(first.jobId());
        assertThat(second.lineage().driftId()).isEqualTo("d7");
        assertThat(second.lineage().parent()).isEqualTo(1);
        assertThat(second.lineage().dataset())
                .isEqualTo(((Map<?, ?>) second.provenance().get("dataset")).get("id"));
    }

    @Test
    void whoWasChampionAtATimeIsAnswered() {
        get(PATH + "/roles/champion?at=2020-01-01T00:00:00Z").statusCode(200).body("version", nullValue());
        get(PATH + "/roles/champion?at=" + afterFirst)
                .body("version", equalTo(1))
                .body("by", equalTo("training-service"));
        get(PATH + "/roles/champion")
                .body("version", equalTo(2))
                .body("by", equalTo("grace"))
                .body("reason", equalTo("by hand"))
                .body("until", nullValue());
        get(PATH + "/roles/shadow").statusCode(200).body("version", nullValue());
        get(PATH + "/roles/captain").statusCode(400);
        get(PATH + "/roles/champion?at=yesterday").statusCode(400).body("errors[0].field", equalTo("at"));
        get("/v1/loops/nowhere/roles/champion").statusCode(404);
        RoleChange[] changes =
                Json.read(given().get(PATH + "/roles/champion/history").asByteArray(), RoleChange[].class);
        assertThat(changes).extracting(RoleChange::version).containsExactly(2L, 1L);
        assertThat(changes[0].previous()).isEqualTo(1);
        get(PATH + "/roles/champion/history?limit=1&after=" + changes[0].id()).body("version", equalTo(List.of(1)));
    }

    @Test
    void versionsAreFoundByWhatIsKnownOfThem() {
        tag(1, "owner", "ada").statusCode(200).body("tags.owner", equalTo("ada"));
        tag(2, "owner", "grace").statusCode(200);
        tag(2, "reviewed", "").statusCode(200);
        tag(2, "a b", "").statusCode(400);
        tag(9, "owner", "").statusCode(404);
        find("tag", "owner").body("version", equalTo(List.of(2, 1)));
        find("tag", "owner=ada").body("version", equalTo(List.of(1)));
        given().queryParam("tag", "owner", "reviewed")
                .get(PATH + "/versions")
                .then()
                .body("version", equalTo(List.of(2)));
        given().delete(PATH + "/versions/2/tags/reviewed")
                .then()
                .statusCode(200)
                .body("tags.reviewed", nullValue());
        find("tag", "reviewed").body("", hasSize(0));
        double rmse = ((Number) Calls.version(LOOP, 1).metrics().get("rmse")).doubleValue();
        find("metric", "rmse<=" + (rmse + 1)).body("", hasSize(2));
        find("metric", "rmse<" + (rmse - 1)).body("", hasSize(0));
        find("metric", "rows=600").body("", hasSize(2));
        find("metric", "nothing>0").body("", hasSize(0));
        find("metric", "lossCurve>0").body("", hasSize(0));
        find("metric", "rmse").statusCode(400).body("errors[0].field", equalTo("metric"));
        find("parameter", "learner=linear").body("", hasSize(2));
        find("parameter", "learner=dl4j").body("", hasSize(0));
        find("parameter", "seed").body("", hasSize(2));
        find("until", afterFirst.toString()).body("version", equalTo(List.of(1)));
        find("since", afterFirst.toString()).body("version", equalTo(List.of(2)));
        given().queryParam("tag", "owner")
                .queryParam("limit", 1)
                .queryParam("after", 2)
                .get(PATH + "/versions")
                .then()
                .body("version", equalTo(List.of(1)));
        get(PATH + "/versions?after=x").statusCode(400);
    }

    @Test
    void theAuditLogCannotBeChangedWithoutItsShowing() throws SQLException {
        AuditVerdict whole = verify("");
        assertThat(whole.intact()).isTrue();
        assertThat(whole.chains())
                .allSatisfy(chain -> assertThat(chain.entries()).isPositive());
        get(PATH + "/audit?limit=1")
                .body("[0].sha256", equalTo(whole.chains().get(0).head()))
                .body("[0].position", equalTo((int) whole.chains().get(0).entries()));
        get(PATH + "/audit?after=2").body("[0].position", equalTo(1)).body("[0].what", equalTo("made the loop"));
        for (String change : List.of(
                "update registry.audit set who = 'nobody' where loop = '" + LOOP + "'",
                "delete from registry.audit where loop = '" + LOOP + "'",
                "truncate registry.audit",
                "update registry.role_history set version = 1 where loop = '" + LOOP + "'",
                "delete from registry.role_history where loop = '" + LOOP + "'",
                "truncate registry.role_history",
                "update registry.versions set metrics = '{}' where loop = '" + LOOP + "'",
                "update registry.artifacts set bytes = '' where loop = '" + LOOP + "'")) {
            assertThatThrownBy(() -> execute(change)).hasMessageContaining("append-only");
        }
        assertThat(verify("").intact()).isTrue();
    }

    /** Somebody who may do anything in the database can take the triggers away; the hashes show it all the same. */
    @Test
    void aForgedEntryIsFound() throws SQLException {
        Calls.makeLoop("forged", Map.of());
        for (int i = 0; i < 3; i++) {
            send(Map.of("action", "a" + i))
                    .put("/v1/loops/forged/freeze")
                    .then()
                    .statusCode(200);
        }
        String noted = audit("forged", "").chains().get(0).head();
        forge("update registry.audit set who = 'nobody' where loop = 'forged' and position = 2");
        AuditVerdict.Chain chain = audit("forged", "").chains().get(0);
        assertThat(chain.brokenAt()).isEqualTo(2);
        assertThat(chain.reason()).contains("was changed");
        forge("update registry.audit set who = 'unknown' where loop = 'forged' and position = 2");
        assertThat(audit("forged", "?head=" + noted).intact()).isTrue();
        forge("delete from registry.audit where loop = 'forged' and position = 2");
        assertThat(audit("forged", "").chains().get(0).reason()).contains("some are missing");
        forge("delete from registry.audit where loop = 'forged' and position > 1");
        assertThat(audit("forged", "").intact()).as("what is left of it fits").isTrue();
        assertThat(audit("forged", "?head=" + noted).intact())
                .as("but not with a head that was noted")
                .isFalse();
        given().delete("/v1/loops/forged?confirm=forged").then().statusCode(204);
        get("/v1/loops/forged/audit").statusCode(200).body("[0].what", equalTo("deleted the loop"));
        get("/v1/loops/never/audit").statusCode(404);
    }

    private static void forge(String sql) throws SQLException {
        execute("alter table registry.audit disable trigger user; " + sql
                + "; alter table registry.audit enable trigger user");
    }

    @Test
    void whatTheTopicsLackIsPublishedAgain() throws SQLException {
        await().atMost(Calls.PATIENCE).until(() -> "0".equals(Calls.query("select count(*) from registry.outbox")));
        long before = champions();
        given().post("/v1/republish")
                .then()
                .statusCode(200)
                .body("loops", hasSize(0))
                .body("models", hasSize(0));
        // As after the loss of Kafka's data: the topic has nothing of the loop, or something else.
        FeedbackWriter.write(Topics.LOOPS, LOOP, null);
        FeedbackWriter.write(Topics.MODELS, LOOP + "/champion", null);
        FeedbackWriter.write(Topics.LOOPS, "orphan", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        await().atMost(Calls.PATIENCE).untilAsserted(() -> assertThat(TopicReader.ofKey(Topics.LOOPS, "orphan"))
                .isNotEmpty());
        given().post("/v1/republish")
                .then()
                .statusCode(200)
                .body("loops", equalTo(List.of(LOOP)))
                .body("models", equalTo(List.of(LOOP + "/champion")))
                .body("removed", hasSize(0));
        await().atMost(Calls.PATIENCE)
                .untilAsserted(() -> assertThat(champions()).isEqualTo(before + 2));
        var told = TopicReader.ofKey(Topics.MODELS, LOOP + "/champion");
        assertThat(EventHeaders.text(told.get(told.size() - 1).headers(), Headers.MODEL_VERSION))
                .contains("2");
        given().post("/v1/republish?remove=true").then().statusCode(200).body("removed", equalTo(List.of("orphan")));
        await().atMost(Calls.PATIENCE).untilAsserted(() -> assertThat(TopicReader.ofKey(Topics.LOOPS, "orphan"))
                .hasSize(2));
    }

    private static long champions() {
        return TopicReader.ofKey(Topics.MODELS, LOOP + "/champion").size();
    }

    @Test
    void retentionTakesWhatNothingNames() throws SQLException {
        assertThat(expire.expire(LOOP)).as("nothing goes unless an age is set").isEmpty();
        get(PATH + "/versions/1/artifact").statusCode(200);
    }

    @Test
    void aCardSaysWhatAPersonShouldKnowOfAVersion() throws IOException {
        ModelCard card = Json.read(given().get(PATH + "/versions/2/card").asByteArray(), ModelCard.class);
        assertThat(card.data().rows()).isEqualTo(600);
        assertThat(card.lineage().driftId()).isEqualTo("d7");
        assertThat(card.actions())
                .extracting(ModelCard.Taken::action)
                .containsExactlyInAnyOrderElementsOf(World.ACTIONS);
        assertThat(card.actions().stream().mapToLong(ModelCard.Taken::rows).sum())
                .isEqualTo(600);
        ModelCard.Input x = card.inputs().stream()
                .filter(input -> input.path().equals("x"))
                .findFirst()
                .orElseThrow();
        assertThat(x.smallest()).isBetween(-1.0, -0.9);
        assertThat(x.largest()).isBetween(0.9, 1.0);
        assertThat(x.missing()).isZero();
        assertThat(card.inputs())
                .filteredOn(input -> input.path().equals("weekday"))
                .flatExtracting(ModelCard.Input::words)
                .containsExactlyInAnyOrder("FRIDAY", "MONDAY");
        assertThat(card.gates()).extracting(GateVerdict::gate).contains("data", "quality", "serving");
        assertThat(card.segments())
                .extracting(segment -> segment.get("segment"))
                .contains("weekday=FRIDAY", "weekday=MONDAY");
        assertThat(card.metrics()).containsKey("rmse").doesNotContainKey("lossCurve");
        assertThat(card.limits())
                .anyMatch(limit -> limit.contains("learned from 600 rows between 2026-01-01T00:00:00Z"));
        String page = given().get(PATH + "/versions/2/card.html")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
        assertThat(page)
                .contains(LOOP + ", version 2", "rewards fell", "weekday", "Limits")
                .doesNotContain("<script");
        Files.writeString(Path.of("target", "card.html"), page);
        get(PATH + "/versions/9/card").statusCode(404);
    }

    private static AuditVerdict verify(String query) {
        return audit(LOOP, query);
    }

    private static AuditVerdict audit(String loop, String query) {
        return Json.read(
                given().get("/v1/loops/" + loop + "/audit/verify" + query).asByteArray(), AuditVerdict.class);
    }

    private static io.restassured.response.ValidatableResponse tag(long version, String name, String value) {
        return send(Map.of("value", value))
                .put(PATH + "/versions/" + version + "/tags/{name}", name)
                .then();
    }

    private static io.restassured.response.ValidatableResponse find(String field, String value) {
        return given().queryParam(field, value).get(PATH + "/versions").then();
    }
}
