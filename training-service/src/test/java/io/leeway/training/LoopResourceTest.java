package io.leeway.training;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.Topics;
import io.leeway.stack.testing.LeewayTestResource;
import io.leeway.stack.testing.LocalStack;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(LeewayTestResource.class)
class LoopResourceTest {
    private static final String BANDIT = "{\"kind\":\"bandit\",\"description\":\"films\"}";

    @Test
    void aLoopIsMadeChangedAndToldOnItsTopic() {
        put("made", BANDIT).statusCode(201).body("revision", equalTo(1)).body("salt", notNullValue());
        put("made", BANDIT).statusCode(200).body("revision", equalTo(1));
        put("made", "{\"kind\":\"bandit\",\"description\":\"other films\"}")
                .statusCode(200)
                .body("revision", equalTo(2))
                .body("settings.description", equalTo("other films"));
        given().get("/v1/loops/made").then().statusCode(200).body("revision", equalTo(2));
        given().get("/v1/loops").then().statusCode(200).body("name", hasItem("made"));
        List<Loop> told = awaitTold("made", 2).stream()
                .map(record -> Json.read(record.value(), Loop.class))
                .toList();
        assertThat(told).extracting(Loop::revision).containsExactly(1L, 2L);
        assertThat(told.get(0).salt()).isEqualTo(told.get(1).salt()).hasSize(32);
        assertThat(told.get(1).createdAt()).isEqualTo(told.get(0).createdAt());
    }

    @Test
    void theKindStays() {
        put("kind", BANDIT).statusCode(201);
        put("kind", "{\"kind\":\"regression\"}")
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", equalTo("must stay bandit: kind=regression"));
    }

    @Test
    void badInputIsAnsweredWithItsPlace() {
        put("bad", "{\"kind\":\"bandit\"").statusCode(400).body("detail", containsString("line 1"));
        put("bad", "{}").statusCode(400).body("errors[0].field", equalTo("kind"));
        put("bad", "{\"kind\":\"mdp\"}").statusCode(400).body("errors[0].field", equalTo("kind"));
        put("bad", "{\"kind\":\"bandit\",\"training\":{\"epochs\":0}}")
                .statusCode(400)
                .body("errors[0].field", equalTo("training.epochs"));
        put("bad", "{\"kind\":\"bandit\",\"training\":{\"learner\":\"oracle\"}}")
                .statusCode(400)
                .body("detail", containsString("must be one of [dl4j, linear, linear-online, ridge-online, auto]"));
        put("Bad Name", BANDIT).statusCode(400);
        given().contentType(ContentType.JSON).put("/v1/loops/bad").then().statusCode(400);
        given().get("/v1/loops/bad").then().statusCode(404).contentType("application/problem+json");
        given().get("/v1/loops/bad/versions").then().statusCode(404);
        given().get("/v1/jobs/nowhere").then().statusCode(404);
        given().get("/v1/jobs?limit=0").then().statusCode(400);
        given().delete("/v1/loops/bad?confirm=bad").then().statusCode(404);
    }

    @Test
    void aFreezeIsARevisionAndNeedsAVersionThatExists() {
        put("frozen", BANDIT).statusCode(201);
        freeze("frozen", "{\"action\":\"a\",\"reason\":\"at night\"}")
                .statusCode(200)
                .body("revision", equalTo(2))
                .body("freeze.action", equalTo("a"))
                .body("freeze.since", notNullValue());
        put("frozen", "{\"kind\":\"bandit\",\"description\":\"while frozen\"}")
                .statusCode(200)
                .body("freeze.action", equalTo("a"));
        freeze("frozen", "{\"modelVersion\":7}").statusCode(404);
        freeze("frozen", "{\"modelVersion\":0}").statusCode(200).body("freeze.modelVersion", equalTo(0));
        freeze("frozen", "{}").statusCode(400);
        given().delete("/v1/loops/frozen/freeze").then().statusCode(200).body("revision", equalTo(5));
        given().delete("/v1/loops/frozen/freeze").then().statusCode(200).body("revision", equalTo(5));
        List<Loop> told = awaitTold("frozen", 5).stream()
                .map(record -> Json.read(record.value(), Loop.class))
                .toList();
        assertThat(told).extracting(Loop::revision).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(told.get(1).freeze().reason()).isEqualTo("at night");
        assertThat(told.get(4).freeze()).isNull();
    }

    @Test
    void aDeletionSaysBeforehandWhatGoesAndLeavesATombstoneAndTheAuditLog() throws SQLException {
        put("gone", BANDIT).statusCode(201);
        given().delete("/v1/loops/gone")
                .then()
                .statusCode(409)
                .body("detail", containsString("its 0 model versions"))
                .body("detail", containsString("confirm=null"));
        given().queryParam("confirm", "gone")
                .queryParam("by", "ada")
                .queryParam("reason", "spring cleaning")
                .delete("/v1/loops/gone")
                .then()
                .statusCode(204);
        given().get("/v1/loops/gone").then().statusCode(404);
        assertThat(awaitTold("gone", 2).get(1).value()).isNull();
        put("gone", BANDIT).statusCode(201).body("revision", equalTo(1));
        assertThat(audit("gone"))
                .containsExactly(
                        "unknown: made the loop: null",
                        "ada: deleted the loop: spring cleaning",
                        "unknown: made the loop: null");
    }

    private static List<String> audit(String loop) throws SQLException {
        List<String> entries = new ArrayList<>();
        try (Connection connection = LocalStack.shared().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select who, what, why from registry.audit where loop = '" + loop + "' order by id")) {
            while (rows.next()) {
                entries.add(rows.getString(1) + ": " + rows.getString(2) + ": " + rows.getString(3));
            }
        }
        return entries;
    }

    private static List<ConsumerRecord<String, byte[]>> awaitTold(String loop, int records) {
        await().atMost(Calls.PATIENCE).untilAsserted(() -> assertThat(TopicReader.ofKey(Topics.LOOPS, loop))
                .hasSizeGreaterThanOrEqualTo(records));
        return TopicReader.ofKey(Topics.LOOPS, loop);
    }

    private static ValidatableResponse put(String loop, String settings) {
        return given().contentType(ContentType.JSON)
                .body(settings)
                .put("/v1/loops/" + loop)
                .then();
    }

    private static ValidatableResponse freeze(String loop, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .put("/v1/loops/" + loop + "/freeze")
                .then();
    }
}
