package io.leeway.core.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.core.evaluation.RewardRange;
import io.leeway.core.json.Json;
import io.leeway.core.testing.Seed;
import io.leeway.core.testing.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class CanaryTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final CanaryPlan PLAN =
            new CanaryPlan(List.of(0.1, 0.5), Duration.ofMinutes(10), Duration.ofDays(1), 0);

    @Test
    @Seed(20261202)
    void isPromotedOnlyAfterEveryStepHasBaked(Random random) {
        LiveComparison live = live(random, 0.7, 0.4, 4000);
        assertThat(decide(live, 0, Duration.ofMinutes(9))).isEqualTo(Canary.Move.WAIT);
        assertThat(decide(live, 0, Duration.ofMinutes(10))).isEqualTo(Canary.Move.STEP_UP);
        assertThat(decide(live, 1, Duration.ofMinutes(9))).isEqualTo(Canary.Move.WAIT);
        assertThat(decide(live, 1, Duration.ofMinutes(10))).isEqualTo(Canary.Move.PROMOTE);
        assertThat(Canary.figures(PLAN, live, 1))
                .containsEntry("evidence", "better")
                .containsEntry("events", 4000L)
                .containsEntry("share", 0.5);
    }

    @Test
    @Seed(20261203)
    void isRolledBackAsSoonAsItIsProvenWorseAndWhenItsTimeIsUp(Random random) {
        LiveComparison worse = live(random, 0.3, 0.6, 4000);
        assertThat(decide(worse, 0, Duration.ZERO)).isEqualTo(Canary.Move.ROLL_BACK);
        LiveComparison open = live(random, 0.5, 0.5, 50);
        assertThat(decide(open, 1, Duration.ofHours(22))).isEqualTo(Canary.Move.WAIT);
        Canary.Decision late = Canary.decide(PLAN, open, 1, START, START, START.plus(Duration.ofDays(1)));
        assertThat(late.move()).isEqualTo(Canary.Move.ROLL_BACK);
        assertThat(late.reason()).startsWith("nothing proven within PT24H, the champion stays");
    }

    @Test
    void goesOnExactlyWhereItWasSaved(Random random) {
        LiveComparison whole = LiveComparison.ofMixture(RewardRange.UNIT, 0.1, 0.5, 0.01, 0.05);
        LiveComparison saved = LiveComparison.ofMixture(RewardRange.UNIT, 0.1, 0.5, 0.01, 0.05);
        LiveComparison errors = LiveComparison.ofPredictions(0.02, 0.05);
        LiveComparison savedErrors = LiveComparison.ofPredictions(0.02, 0.05);
        for (int i = 0; i < 300; i++) {
            double own = random.nextDouble();
            double theirs = random.nextDouble();
            double logged = 0.1 * own + 0.9 * theirs;
            double reward = random.nextDouble();
            whole.decision(own, theirs, logged, reward);
            saved.decision(own, theirs, logged, reward);
            errors.prediction(own, theirs, reward);
            savedErrors.prediction(own, theirs, reward);
            if (i % 7 == 0) {
                saved = LiveComparison.fromJson(throughText(saved.toJson()));
                savedErrors = LiveComparison.fromJson(throughText(savedErrors.toJson()));
            }
        }
        assertThat(saved.interval()).isEqualTo(whole.interval());
        assertThat(savedErrors.interval()).isEqualTo(errors.interval());
        assertThat(savedErrors.count()).isEqualTo(300);
    }

    @Test
    @Seed(20261204)
    void comparesPredictionsOfEveryEvent(Random random) {
        LiveComparison better = LiveComparison.ofPredictions(0.02, 0.05);
        LiveComparison worse = LiveComparison.ofPredictions(0.02, 0.05);
        for (int i = 0; i < 600; i++) {
            double truth = random.nextGaussian();
            double near = truth + 0.5 * random.nextGaussian();
            double far = truth + 0.8 * random.nextGaussian();
            better.prediction(near, far, truth);
            worse.prediction(far, near, truth);
        }
        assertThat(better.evidence(0)).isEqualTo(Evidence.BETTER);
        assertThat(worse.evidence(0)).isEqualTo(Evidence.WORSE);
    }

    @Test
    @Seed(20261205)
    void aShadowIsJudgedByWhatTheChampionDid(Random random) {
        LiveComparison live = LiveComparison.ofShadow(RewardRange.UNIT, 0.01, 0.05);
        double[] champion = {0.8, 0.2};
        double[] shadow = {0.1, 0.9};
        for (int i = 0; i < 3000; i++) {
            int action = random.nextDouble() < champion[0] ? 0 : 1;
            double reward = random.nextDouble() < (action == 0 ? 0.3 : 0.7) ? 1 : 0;
            live.shadowed(shadow[action], champion[action], reward);
        }
        assertThat(live.evidence(0)).isEqualTo(Evidence.BETTER);
        // 0.7 more of the better action, which pays 0.4 more.
        assertThat(live.interval().contains(0.28)).isTrue();
    }

    private static Canary.Move decide(LiveComparison live, int step, Duration inStep) {
        Instant since = START.plus(Duration.ofHours(step));
        return Canary.decide(PLAN, live, step, START, since, since.plus(inStep)).move();
    }

    /** The challenger takes the first of two actions mostly, the champion the second; rewards are 1 with these chances. */
    private static LiveComparison live(Random random, double first, double second, int events) {
        LiveComparison live = LiveComparison.ofMixture(RewardRange.UNIT, 0.1, 0.5, 0.01, 0.05);
        for (int i = 0; i < events; i++) {
            double share = i < events / 2 ? 0.1 : 0.5;
            boolean challenger = random.nextDouble() < share;
            boolean tookFirst = random.nextDouble() < (challenger ? 0.9 : 0.1);
            double own = tookFirst ? 0.9 : 0.1;
            double theirs = tookFirst ? 0.1 : 0.9;
            double reward = random.nextDouble() < (tookFirst ? first : second) ? 1 : 0;
            live.decision(own, theirs, share * own + (1 - share) * theirs, reward);
        }
        return live;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> throughText(Map<String, Object> json) {
        return (Map<String, Object>) Json.read(Json.write(json));
    }
}
