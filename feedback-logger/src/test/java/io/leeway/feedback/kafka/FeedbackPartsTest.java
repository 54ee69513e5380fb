package io.leeway.feedback.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.contracts.Decision;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Json;
import io.leeway.contracts.Topics;
import io.leeway.feedback.FeedbackRevision;
import io.leeway.feedback.LoggedFeedback;
import io.leeway.kit.UnusableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class FeedbackPartsTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
    private static final String HEAD = """
            {"loop":"films","eventId":"e1","revision":2,"status":"matched","reward":0.5,"closedAt":"2026-03-01T13:00:00Z",""";

    @Test
    void whatTheJoinWritesIsReadWithoutItsDecision() {
        Decision decision = Samples.decision("films", "e1", TIME);
        FeedbackRevision revision = new FeedbackRevision(
                1, FeedbackStatus.MATCHED, 0.5, Map.of("main", 0.5), List.of(), List.of(), TIME.plusSeconds(9));
        LoggedFeedback read = read(FeedbackJson.bytes("films", "e1", revision, Json.bytes(decision)));
        assertThat(read.time()).isEqualTo(TIME);
        assertThat(read.closedAt()).isEqualTo(TIME.plusSeconds(9));
        assertThat(read.decision()).isNull();
        assertThat(Json.read(read.body(), Map.class))
                .containsEntry("reward", 0.5)
                .doesNotContainKey("decision");
    }

    @Test
    void theTimeOfADecisionIsFoundWhereverItStands() {
        LoggedFeedback read = read(
                HEAD
                        + "\"imported\":false,\"decision\":{\"context\":{\"time\":\"never\"},\"time\":\"2026-03-01T12:00:00Z\",\"x\":[1]}}");
        assertThat(read.time()).isEqualTo(TIME);
    }

    @Test
    void anImportedDecisionIsKeptWholeAndSoIsWhatComesAfterIt() {
        String decision = "{\"time\":\"2026-03-01T12:00:00Z\",\"x\":[1]}";
        LoggedFeedback last = read(HEAD + "\"imported\":true,\"decision\":" + decision + ",\"note\":1}");
        LoggedFeedback first = read(HEAD + "\"decision\":" + decision + ",\"imported\":true,\"note\":1}");
        assertThat(List.of(last, first)).allSatisfy(read -> {
            assertThat(read.decision()).isEqualTo(decision);
            assertThat(Json.read(read.body(), Map.class)).containsEntry("note", 1);
        });
    }

    @Test
    void whatHasNoDecisionIsRefused() {
        assertThatThrownBy(() -> read(HEAD + "\"imported\":false}"))
                .isInstanceOf(UnusableEventException.class)
                .hasMessageContaining("decision.time");
    }

    private static LoggedFeedback read(String document) {
        return read(document.getBytes(StandardCharsets.UTF_8));
    }

    private static LoggedFeedback read(byte[] document) {
        return FeedbackParts.read(new ConsumerRecord<>(Topics.FEEDBACK, 0, 7, "e1", document));
    }
}
