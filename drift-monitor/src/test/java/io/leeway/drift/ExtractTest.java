package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Json;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.Rewarded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtractTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private static Decided decided(Map<String, Object> context) {
        return Extract.decided(Events.decision("films", "e", 3, TIME, context));
    }

    @Test
    void rowsHoldEveryLeafByItsPath() {
        Map<String, Object> context = Json.<Map<String, Object>>read(
                "{\"user\":{\"age\":31,\"new\":true,\"tags\":[\"x\",\"y\",\"x\"]},\"at\":[1.5,2],\"gone\":null,\"_note\":\"no\"}",
                (Class<Map<String, Object>>) (Class<?>) Map.class);
        Map<String, Object> expected = new HashMap<>();
        expected.put("user.age", 31.0);
        expected.put("user.new", true);
        expected.put("user.tags", List.of("x", "y", "x"));
        expected.put("at.0", 1.5);
        expected.put("at.1", 2.0);
        expected.put("gone", null);
        assertThat(decided(context).row()).isEqualTo(expected);
        assertThat(decided(context).modelVersion()).isEqualTo(3);
    }

    @Test
    void aContextThatIsTooLargeOrTooDeepHasNoRow() {
        assertThat(decided(Map.of("text", "x".repeat(300_000))).row()).isNull();
        Map<String, Object> wide = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            wide.put("k" + i, i);
        }
        assertThat(decided(wide).row()).isNull();
        List<Object> words = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            words.add("word" + i);
        }
        assertThat(decided(Map.of("words", words)).row()).isNull();
        Map<String, Object> deep = Map.of("leaf", 1);
        for (int i = 0; i < 40; i++) {
            deep = Map.of("a", deep);
        }
        assertThat(decided(deep).row()).isNull();
    }

    @Test
    void takesTheScoreOfTheChosenActionAsPredicted() {
        Rewarded rewarded = Extract.rewarded(Events.feedback(Events.decision("films", "e", 3, TIME, Map.of()), 0.25))
                .orElseThrow();
        assertThat(rewarded).isEqualTo(new Rewarded(TIME, 3, 0.25, 0.7, true, null, null, 1 / 0.9, 0.7, 0));
        assertThat(Extract.rewarded(Events.feedback(Events.decision("films", "e", 0, TIME, Map.of()), 1))
                        .orElseThrow()
                        .predicted())
                .isNull();
    }

    @Test
    void takesThePredictionOfARegression() {
        assertThat(Extract.rewarded(Events.feedback(Events.prediction("taxi", "e", 3, TIME, 12.5), 14)))
                .hasValue(new Rewarded(TIME, 3, 14, 12.5, true, null, null));
    }

    @Test
    void leavesCorrectionsAndHistoryAside() {
        assertThat(Extract.rewarded(Events.feedback(Events.decision("films", "e", 3, TIME, Map.of()), 1, 2, false)))
                .isEmpty();
        assertThat(Extract.rewarded(Events.feedback(Events.decision("films", "e", 3, TIME, Map.of()), 1, 1, true)))
                .isEmpty();
    }

    @Test
    void staysFiniteOnHugeNumbers() {
        Rewarded huge = Extract.rewarded(Events.feedback(Events.prediction("taxi", "e", 3, TIME, -1.7e308), 1.7e308))
                .orElseThrow();
        assertThat(huge.reward() - huge.predicted()).isFinite();
        Feed feed = new Feed(Loops.regression("taxi", Loops.eager())).serve(3);
        for (int i = 0; i < 300; i++) {
            feed.take(huge);
        }
        feed.restore();
        assertThat(Arrays.asList(feed.watch().status(feed.now()).feedbacks())).containsExactly(300L);
    }
}
