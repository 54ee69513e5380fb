package io.leeway.prediction.fast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.contracts.Component;
import io.leeway.contracts.Decision;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Json;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.prediction.journal.Journal;
import io.leeway.prediction.journal.JournalRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast way is held equal to the general one: same answer, same log, or none at all. */
class DecidePlainTest {
    private static final String BODY = """
            {"eventId": "EVENT", "context": {"user": {"age": 31, "country": "NO", "tags": ["x", "y"]}, "hour": 20.5, "_note": [1, null]},
             "actions": [{"id": "drama", "features": {"year": 1999, "dubbed": true}}, {"id": "comédie"}, {"features": {"year": 2.5e3}, "id": "news"}],
             "excluded": ["news"], "deferred": true}
            """;

    private static final String BYTES = " \"\\{}[]:,0123456789eE+-.tfn\0\u00ffax";

    @TempDir
    Path directory;

    private Twins twins;
    private Journal.Reader reader;

    @BeforeEach
    void open() {
        twins = new Twins(directory);
        reader = twins.journal.reader();
    }

    @AfterEach
    void close() {
        twins.journal.close();
    }

    @ParameterizedTest
    @EnumSource
    void answersAndLogsWhatTheGeneralWayDoes(Twins.Model model) throws IOException {
        twins.serve(model);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 300; i++) {
            assertSame(RandomRequests.body(random, "event-" + i), "event-" + i);
        }
    }

    @Test
    void aCanaryAndAShadowAreMixedAndLoggedAsTheGeneralWayDoes() throws IOException {
        twins.serve(Twins.Model.LINEAR);
        twins.tryOut(Twins.Model.NETWORK, Twins.Model.HEADS);
        SplittableRandom random = new SplittableRandom(6);
        int drawn = 0;
        for (int i = 0; i < 300; i++) {
            Decision decision = assertSame(RandomRequests.body(random, "event-" + i), "event-" + i);
            assertThat(decision.components()).extracting(Component::role).containsExactly("champion", "challenger");
            assertThat(decision.shadows()).extracting(Component::role).containsExactly("shadow");
            drawn += decision.drawnComponent();
        }
        assertThat(drawn).isBetween(80, 160);
    }

    @Test
    void takesEverythingThatItKnows() throws IOException {
        twins.serve(Twins.Model.LINEAR);
        assertSame(BODY.replace("EVENT", "e1"), "e1");
        assertSame("{\"eventId\": \"e2\"}", "e2");
        assertSame("{\"eventId\":\"e3\",\"actions\":[{\"id\":\"a\"}],\"context\":{}}", "e3");
    }

    @Test
    void aKeyThatStandsTwiceIsFoundWhateverCameBefore() throws IOException {
        twins.serve(Twins.Model.LINEAR);
        assertSame(
                "{\"eventId\":\"e1\",\"context\":{\"age\":1,\"hour\":2,\"a key of more than eight bytes\":3}}", "e1");
        assertSame(
                "{\"eventId\":\"e2\",\"context\":{\"age\":1,\"hour\":2,\"a key of more than eight beats\":3}}", "e2");
        for (String last : List.of("\"age\":4", "\"hour\":4", "\"age\" : 4", "\"a key of more than eight beats\":4")) {
            String twice = "{\"context\":{\"age\":1,\"hour\":2,\"a key of more than eight beats\":3," + last + "}}";
            assertThat(twins.plain.decide(Twins.LOOP, twice.getBytes(UTF_8))).isNull();
            assertThat(twins.plain.decide(
                                    Twins.LOOP, twice.replace("\"hour\":2,", "").getBytes(UTF_8))
                            == null)
                    .isEqualTo(!last.equals("\"hour\":4"));
        }
    }

    @Test
    void anIdOfItsOwnIsAnsweredAndRemembered() throws IOException {
        twins.serve(Twins.Model.LINEAR);
        JsonNode answer = Json.mapper().readTree(twins.plain.decide(Twins.LOOP, "{}".getBytes(UTF_8)));
        String eventId = answer.get("eventId").asText();
        assertThat(logged().eventId()).isEqualTo(eventId);
        String again = "{\"eventId\": \"" + eventId + "\"}";
        assertThat(twins.plain.decide(Twins.LOOP, again.getBytes(UTF_8))).isNull();
        assertThat(Json.mapper().readTree(twins.general(again))).isEqualTo(answer);
        assertThat(reader.next()).isFalse();
    }

    @Test
    void aRepeatedIdGoesTheGeneralWayAndIsAnsweredAlike() throws IOException {
        twins.serve(Twins.Model.NETWORK);
        byte[] body = BODY.replace("EVENT", "e1").getBytes(UTF_8);
        byte[] first = twins.plain.decide(Twins.LOOP, body);
        twins.serve(Twins.Model.LINEAR);
        assertThat(twins.plain.decide(Twins.LOOP, body)).isNull();
        assertThat(Json.mapper().readTree(twins.general(new String(body, UTF_8))))
                .isEqualTo(Json.mapper().readTree(first));
        assertThat(logged().eventId()).isEqualTo("e1");
        assertThat(reader.next()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}x",
                "{\"context\": {\"a\": 1, \"a\": 2}}",
                "{\"context\": {\"a\": 01}}",
                "{\"context\": {\"a\": 1.}}",
                "{\"context\": {\"a\": +1}}",
                "{\"context\": {\"a\": NaN}}",
                "{\"context\": {\"a\": 1e999}}",
                "{\"context\": {\"a\": 123456789012345678901}}",
                "{\"context\": {\"a\": \"\\u0041\"}}",
                "{\"context\": {\"a\": tru}}",
                "{\"context\": {\"a\": 1,}}",
                "{\"context\": {\"a\" 1}}",
                "{\"context\": null}",
                "{\"context\": {}, \"context\": {}}",
                "{\"actions\": []}",
                "{\"actions\": [{}]}",
                "{\"actions\": [{\"id\": \"\"}]}",
                "{\"actions\": [{\"id\": \"a\"}, {\"id\": \"a\"}]}",
                "{\"actions\": [{\"id\": \"a\", \"weight\": 1}]}",
                "{\"excluded\": [\"nope\"]}",
                "{\"excluded\": [\"a\", \"b\", \"c\"]}",
                "{\"eventId\": null}",
                "{\"eventId\": 3}",
                "{\"deferred\": 1}",
                "{\"time\": \"2026-01-01T00:00:00Z\"}",
                "{\"slots\": [{\"name\": \"top\"}]}"
            })
    void leavesTheRestToTheGeneralWayUntouched(String body) {
        twins.serve(Twins.Model.LINEAR);
        assertThat(twins.plain.decide(Twins.LOOP, body.getBytes(UTF_8))).isNull();
        assertThat(reader.next()).isFalse();
    }

    @Test
    void neverTakesWhatTheGeneralWayRefuses() throws IOException {
        twins.serve(Twins.Model.LINEAR);
        SplittableRandom random = new SplittableRandom(5);
        int taken = 0;
        for (int i = 0; i < 4000; i++) {
            byte[] body = RandomRequests.body(random, "event-" + i).getBytes(UTF_8);
            for (int change = random.nextInt(1, 3); change > 0; change--) {
                body[random.nextInt(body.length)] = (byte) BYTES.charAt(random.nextInt(BYTES.length()));
            }
            byte[] answer = twins.plain.decide(Twins.LOOP, body);
            if (answer != null) {
                taken++;
                assertThat(readable(body)).as(new String(body, UTF_8)).isTrue();
                Decision decision = logged();
                DecisionRequest asked = Json.read(body, DecisionRequest.class);
                assertThat(decision.context()).isEqualTo(asked.context());
                assertThat(decision.actions())
                        .hasSize(asked.actions() == null ? 3 : asked.actions().size());
                assertThat(decision.excluded()).isEqualTo(asked.excluded());
            }
        }
        assertThat(taken).isBetween(200, 3800);
    }

    private static boolean readable(byte[] body) {
        try {
            Json.read(body, DecisionRequest.class);
            return true;
        } catch (UnreadableJsonException e) {
            return false;
        }
    }

    /** Returns what was logged. */
    private Decision assertSame(String body, String eventId) throws IOException {
        byte[] plain = twins.plain.decide(Twins.LOOP, body.getBytes(UTF_8));
        assertThat(plain).as(body).isNotNull();
        // Written once more: the general way leaves out what is null.
        Decision plainDecision = Json.read(Json.bytes(logged()), Decision.class);
        twins.forget(eventId);
        byte[] general = twins.general(body);
        Decision generalDecision = logged();
        assertThat(plainDecision).as(body).isEqualTo(generalDecision);
        assertThat(Json.mapper().readTree(plain))
                .as(body)
                .isEqualTo(Json.mapper().readTree(general));
        return generalDecision;
    }

    private Decision logged() {
        assertThat(reader.next()).isTrue();
        JournalRecord record = JournalRecord.read(reader.payload(), reader.length());
        Decision decision = Json.read(record.value(), Decision.class);
        assertThat(record.key()).isEqualTo(decision.eventId());
        assertThat(record.id()).isEqualTo(decision.eventId());
        return decision;
    }
}
