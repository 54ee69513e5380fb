package io.leeway.feedback.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Json;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardAggregation;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.RewardRange.OutOfRange;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.Topics;
import io.leeway.feedback.DecisionFacts;
import io.leeway.feedback.FateKind;
import io.leeway.feedback.JoinInput;
import io.leeway.feedback.JoinState;
import io.leeway.feedback.Position;
import io.leeway.feedback.ReceivedReward;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JoinBytesTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final RewardSettings SETTINGS = new RewardSettings(
            Duration.ofMillis(1500),
            Duration.ZERO,
            Duration.ofDays(7),
            true,
            -0.5,
            RewardAggregation.MEAN,
            new RewardRange(-1.0, 2.0, OutOfRange.CLIP));
    private static final RewardSettings NO_RANGE = new RewardSettings(null, null, null, null, null, null, null);
    private static final Position DECIDED = new Position(Topics.DECISIONS, 3, 5_000_000_000L);
    private static final Position ELSEWHERE = new Position("another", 0, 0);
    private static final Reward REWARD =
            new Reward("films", "e/ü\u0000", 0.25, "r", "top", "clicks", TIME, Map.of("unit", List.of(1, "two")));
    private static final DecisionFacts FACTS = new DecisionFacts(TIME, List.of("top", "side"), true, "abc", DECIDED);

    @Test
    void stateComesBackAsItWas() {
        ReceivedReward fated = new ReceivedReward(REWARD, ELSEWHERE, TIME.plusNanos(1), FateKind.CONFLICTING);
        ReceivedReward plain =
                new ReceivedReward(new Reward("films", "e", -1.0, null, null, null, TIME, null), DECIDED, TIME, null);
        JoinState full = new JoinState(
                "films",
                "e/ü\u0000",
                SETTINGS,
                FACTS,
                TIME,
                List.of(fated, plain),
                TIME,
                FateKind.LATE,
                7,
                List.of("a", "b"));
        JoinState held = new JoinState("films", "e", NO_RANGE, null, null, List.of(plain), null, null, 0, null);
        for (JoinState state : List.of(full, held, JoinState.empty("films", "e"))) {
            assertThat(JoinBytes.state(JoinBytes.of(state))).isEqualTo(state);
            assertThat(JoinBytes.state(Json.bytes(state)))
                    .as("as earlier builds wrote it")
                    .isEqualTo(state);
        }
    }

    @Test
    void inputComesBackAsItWas() {
        byte[] decision = "{\"what\":\"was logged\"}".getBytes(StandardCharsets.UTF_8);
        List<JoinInput> inputs = List.of(
                new JoinInput.DecisionMade("films", "e", SETTINGS, FACTS),
                new JoinInput.RewardGiven(NO_RANGE, ELSEWHERE, REWARD),
                new JoinInput.ActivationGiven("films", "e", SETTINGS, DECIDED, TIME));
        for (JoinInput input : inputs) {
            JoinRecord read = JoinBytes.record(JoinBytes.of(new JoinRecord(input, decision)));
            assertThat(read.input()).isEqualTo(input);
            assertThat(read.decision()).isEqualTo(decision);
        }
    }

    /** The ordinals are in the stores of whoever has run this. */
    @Test
    void enumerationsOnlyGrow() {
        assertThat(Stream.of(FateKind.values()).map(Enum::name))
                .startsWith(
                        "COUNTED",
                        "LATE",
                        "DUPLICATE",
                        "ORPHAN",
                        "UNKNOWN_SLOT",
                        "EXCESS",
                        "LATE_ACTIVATION",
                        "NEVER_ACTIVATED",
                        "CONFLICTING",
                        "DEAD_LETTERED");
        assertThat(Stream.of(RewardAggregation.values()).map(Enum::name))
                .startsWith("FIRST", "LAST", "SUM", "MEAN", "MIN", "MAX");
        assertThat(Stream.of(OutOfRange.values()).map(Enum::name)).startsWith("REFUSE", "CLIP");
    }
}
