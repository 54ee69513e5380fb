package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Cause;
import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.DriftState;
import io.leeway.contracts.Freeze;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.RetrainRequest;
import io.leeway.contracts.TrainingEventType;
import io.leeway.contracts.TrainingSettings;
import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AskForRetrainingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Instant START = Loops.BORN;
    private static final List<Trouble> TROUBLE = List.of(trouble(500));

    private final AskForRetraining ask = new AskForRetraining(PATIENCE);

    private static Trouble trouble(long matured) {
        Drift drift = new Drift(
                "d-1",
                "films",
                START,
                DriftState.DETECTED,
                DriftKind.QUALITY,
                3,
                "ADWIN",
                0.5,
                0.002,
                -0.5,
                START,
                1000,
                "rewards fell",
                null,
                null);
        return new Trouble(drift, START.plusSeconds(5), matured);
    }

    private static Loop loop(Duration coolDown, int perDay) {
        return Loops.bandit("films", Loops.drift(1000, false, coolDown, perDay));
    }

    private static Loop trained(TrainingSettings training) {
        return Loops.loop("films", LoopKind.BANDIT, DriftSettings.DEFAULT, training);
    }

    @Test
    void asksOnceWhileARequestIsOpen() {
        Loop loop = loop(Duration.ZERO, 100);
        Optional<RetrainRequest> first = ask.decide(START, loop, TROUBLE);
        assertThat(first).isPresent();
        assertThat(first.get().cause()).isEqualTo(Cause.DRIFT);
        assertThat(first.get().driftId()).isEqualTo("d-1");
        assertThat(first.get().reason()).isEqualTo("rewards fell");
        assertThat(first.get().since()).isEqualTo(START.plusSeconds(5));
        for (int second = 1; second < PATIENCE.toSeconds(); second += 7) {
            assertThat(ask.decide(START.plusSeconds(second), loop, TROUBLE)).isEmpty();
        }
        Optional<RetrainRequest> afterPatience = ask.decide(START.plus(PATIENCE), loop, TROUBLE);
        assertThat(afterPatience).isPresent();
        assertThat(afterPatience.get().requestId()).isNotEqualTo(first.get().requestId());
    }

    @Test
    void asksAgainAfterARejectionAFailureAndACancellationWhileTheTroubleLasts() {
        Loop loop = loop(Duration.ZERO, 100);
        assertThat(ask.decide(START, loop, TROUBLE)).isPresent();
        ask.told(TrainingEventType.QUEUED, START.plusSeconds(1));
        ask.told(TrainingEventType.STEP, START.plusSeconds(2));
        assertThat(ask.decide(START.plusSeconds(2), loop, TROUBLE)).isEmpty();
        ask.told(TrainingEventType.REJECTED, START.plusSeconds(3));
        assertThat(ask.decide(START.plusSeconds(3), loop, List.of())).isEmpty();
        assertThat(ask.decide(START.plusSeconds(4), loop, TROUBLE)).isPresent();
        ask.told(TrainingEventType.FAILED, START.plusSeconds(5));
        assertThat(ask.decide(START.plusSeconds(5), loop, TROUBLE)).isPresent();
        ask.told(TrainingEventType.CANCELLED, START.plusSeconds(6));
        assertThat(ask.decide(START.plusSeconds(6), loop, TROUBLE)).isPresent();
    }

    @Test
    void aPromotionStaysOpenUntilTheModelHasArrived() {
        Loop loop = loop(Duration.ZERO, 100);
        assertThat(ask.decide(START, loop, TROUBLE)).isPresent();
        ask.told(TrainingEventType.PROMOTED, START.plusSeconds(3));
        assertThat(ask.decide(START.plusSeconds(4), loop, TROUBLE)).isEmpty();
        ask.ended();
        assertThat(ask.open(START.plusSeconds(5))).isFalse();
        // The word may also come after the model: that opens nothing.
        ask.told(TrainingEventType.PROMOTED, START.plusSeconds(6));
        assertThat(ask.open(START.plusSeconds(6))).isFalse();
    }

    @Test
    void doesNotAskWhileAPersonsTrainingRuns() {
        Loop loop = loop(Duration.ZERO, 100);
        ask.told(TrainingEventType.QUEUED, START);
        assertThat(ask.decide(START.plusSeconds(1), loop, TROUBLE)).isEmpty();
    }

    @Test
    void keepsItsQuietTime() {
        Loop loop = loop(Duration.ofMinutes(5), 100);
        assertThat(ask.decide(START, loop, TROUBLE)).isPresent();
        ask.told(TrainingEventType.REJECTED, START.plusSeconds(10));
        Instant end = START.plus(Duration.ofMinutes(5));
        assertThat(ask.quietUntil(loop.settings().drift(), START.plusSeconds(11)))
                .isEqualTo(end);
        assertThat(ask.decide(end.minusMillis(1), loop, TROUBLE)).isEmpty();
        assertThat(ask.decide(end, loop, TROUBLE)).isPresent();
    }

    @Test
    void keepsItsDailyLimit() {
        Loop loop = loop(Duration.ZERO, 3);
        List<Instant> asked = new ArrayList<>();
        for (int minute = 0; minute < 2 * 24 * 60; minute++) {
            Instant now = START.plus(Duration.ofMinutes(minute));
            if (ask.decide(now, loop, TROUBLE).isPresent()) {
                asked.add(now);
                ask.told(TrainingEventType.REJECTED, now);
            }
            assertThat(ask.lastDay(now)).isLessThanOrEqualTo(3);
        }
        assertThat(asked).hasSize(6);
        assertThat(asked.get(3)).isEqualTo(START.plus(Duration.ofDays(1)));
    }

    @Test
    void aLimitOfNoneIsNone() {
        assertThat(ask.decide(START, loop(Duration.ZERO, 0), TROUBLE)).isEmpty();
    }

    @Test
    void waitsForEnoughFeedbackSinceTheChange() {
        Loop loop = trained(Loops.training(200, null, null));
        assertThat(ask.decide(START, loop, List.of(trouble(199)))).isEmpty();
        assertThat(ask.decide(START, loop, List.of(trouble(200)))).isPresent();
    }

    @Test
    void doesNotAskForALoopThatAnOperatorHoldsStill() {
        Loop loop = loop(Duration.ZERO, 100);
        Loop frozen = new Loop(
                loop.name(), 2, "salt", loop.settings(), new Freeze("a", null, "night", START), START, START, null);
        assertThat(ask.decide(START, frozen, TROUBLE)).isEmpty();
        assertThat(ask.decide(START, loop, TROUBLE)).isPresent();
    }

    @Test
    void aRestoredOneAsksTheSame() {
        Loop loop = trained(Loops.training(10, null, null));
        AskForRetraining restored = new AskForRetraining(PATIENCE);
        for (int minute = 0; minute < 600; minute++) {
            Instant now = START.plus(Duration.ofMinutes(minute));
            List<Trouble> troubles = minute % 97 == 0 ? TROUBLE : List.of();
            if (minute % 41 == 0) {
                ask.told(TrainingEventType.REJECTED, now);
                restored.told(TrainingEventType.REJECTED, now);
            }
            Map<String, Object> saved = restored.toJson();
            restored = AskForRetraining.fromJson(JsonObject.of(Json.read(Json.write(saved))), PATIENCE);
            assertThat(restored.decide(now, loop, troubles)).isEqualTo(ask.decide(now, loop, troubles));
        }
        assertThat(ask.lastDay(START.plus(Duration.ofMinutes(600)))).isGreaterThan(3);
    }
}
