package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardAggregation;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.SlotDecision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RewardReplayTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void historyCountsUnderTheAggregationOfNow() {
        Feedback logged = feedback(FeedbackStatus.MATCHED, 1, false, 1, 2, 6);
        assertThat(replay(RewardAggregation.FIRST, 0).of(logged, SlotDecision.MAIN))
                .isEqualTo(1);
        assertThat(replay(RewardAggregation.SUM, 0).of(logged, SlotDecision.MAIN))
                .isEqualTo(9);
        assertThat(replay(RewardAggregation.MAX, 0).of(logged, SlotDecision.MAIN))
                .isEqualTo(6);
    }

    @Test
    void historyCountsUnderTheDefaultRewardOfNow() {
        Feedback logged = feedback(FeedbackStatus.DEFAULTED, 0, false);
        assertThat(replay(RewardAggregation.FIRST, -1).of(logged, SlotDecision.MAIN))
                .isEqualTo(-1);
    }

    @Test
    void aSlotThatGotNothingWhileAnotherDidHasTheDefaultReward() {
        Feedback logged = feedback(FeedbackStatus.MATCHED, 1, false, 1);
        assertThat(replay(RewardAggregation.FIRST, 0.25).of(logged, "sidebar")).isEqualTo(0.25);
    }

    @Test
    void importedHistoryWithoutSingleRewardsKeepsWhatWasLogged() {
        Feedback logged = feedback(FeedbackStatus.MATCHED, 0.75, true);
        assertThat(replay(RewardAggregation.SUM, 0).of(logged, SlotDecision.MAIN))
                .isEqualTo(0.75);
    }

    private static RewardReplay replay(RewardAggregation aggregation, double defaultReward) {
        return new RewardReplay(new RewardSettings(null, null, null, null, defaultReward, aggregation, null));
    }

    private static Feedback feedback(FeedbackStatus status, double reward, boolean imported, double... rewards) {
        List<Reward> single = IntStream.range(0, rewards.length)
                .mapToObj(i -> new Reward("loop", "event", rewards[i], "r" + i, null, null, TIME.plusSeconds(i), null))
                .toList();
        return new Feedback(
                "loop",
                "event",
                1,
                status,
                reward,
                Map.of(SlotDecision.MAIN, reward),
                single,
                decision(),
                TIME.plusSeconds(60),
                imported,
                null);
    }

    private static Decision decision() {
        return Decision.builder("loop", "event", LoopKind.BANDIT, TIME)
                .context(Map.of())
                .actions(List.of(Action.of("a")))
                .slots(List.of(
                        new SlotDecision(SlotDecision.MAIN, List.of(new ActionProbability("a", 1, null)), "a", 1, 0.5)))
                .policy("uniform")
                .build();
    }
}
