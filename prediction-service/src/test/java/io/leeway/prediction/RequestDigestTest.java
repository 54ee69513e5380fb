package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Json;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestDigestTest {
    private static final String REQUEST = """
            {"context": {"a": 1, "b": {"c": "x", "d": [1, 2.5, null, true]}},
             "actions": [{"id": "p", "features": {"n": 3}}, {"id": "q"}], "excluded": ["q"]}
            """;

    private static RequestDigest digest(String json) {
        return RequestDigest.of(Json.read(json, DecisionRequest.class));
    }

    @Test
    void orderOfKeysEventIdAndLoopDoNotMatter() {
        assertThat(digest("""
                        {"eventId": "e", "loop": "films", "excluded": ["q"],
                         "actions": [{"features": {"n": 3.0}, "id": "p"}, {"id": "q"}],
                         "context": {"b": {"d": [1.0, 2.5, null, true], "c": "x"}, "a": 1}}
                        """)).isEqualTo(digest(REQUEST));
    }

    static Stream<String> changes() {
        return Stream.of(
                REQUEST.replace("\"a\": 1", "\"a\": 2"),
                REQUEST.replace("\"a\": 1", "\"a\": \"1\""),
                REQUEST.replace("\"a\": 1", "\"a\": 1.0000000000000002"),
                REQUEST.replace("\"a\": 1", "\"e\": 1"),
                REQUEST.replace("null", "false"),
                REQUEST.replace("null", "\"null\""),
                REQUEST.replace("[1, 2.5, null, true]", "[2.5, 1, null, true]"),
                REQUEST.replace("{\"n\": 3}", "{}"),
                REQUEST.replace("[\"q\"]", "[\"p\"]"),
                REQUEST.replace("[\"q\"]", "[]"),
                REQUEST.replace("[\"q\"]}", "[\"q\"], \"deferred\": true}"),
                REQUEST.replace("[\"q\"]}", "[\"q\"], \"time\": \"2026-01-01T00:00:00Z\"}"),
                REQUEST.replace("[\"q\"]}", "[\"q\"], \"note\": 1}"),
                REQUEST.replace("[\"q\"]}", "[\"q\"], \"slots\": [{\"name\": \"top\"}]}"),
                REQUEST.replace(
                        "[\"q\"]}", "[\"q\"], \"episode\": {\"id\": \"w\", \"step\": 1, \"terminal\": false}}"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void anyOtherChangeMatters(String changed) {
        assertThat(changed).isNotEqualTo(REQUEST);
        assertThat(digest(changed)).isNotEqualTo(digest(REQUEST));
    }
}
