package io.leeway.feedback;

import static io.leeway.feedback.Joining.SETTINGS;
import static io.leeway.feedback.Joining.activation;
import static io.leeway.feedback.Joining.decision;
import static io.leeway.feedback.Joining.reward;
import static io.leeway.feedback.Joining.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.Reward;
import io.leeway.contracts.RewardAggregation;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.Topics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinRewardsTest {
    private final Joining joining = new Joining();

    @Test
    void saysNothingBeforeTheWaitIsOver() {
        joining.arrives(decision(SETTINGS), 0).arrives(reward(3, 0.5, 1), 3).passes(10.9);
        assertThat(joining.feedback).isEmpty();
        joining.passes(11);
        assertThat(joining.newest().status()).isEqualTo(FeedbackStatus.MATCHED);
        assertThat(joining.newest().reward()).isEqualTo(0.5);
        assertThat(joining.newest().revision()).isEqualTo(1);
        assertThat(joining.fates).isEmpty();
    }

    @Test
    void givesTheDefaultRewardToADecisionWithoutOne() {
        joining.arrives(decision(SETTINGS), 0).passes(11);
        assertThat(joining.newest().status()).isEqualTo(FeedbackStatus.DEFAULTED);
        assertThat(joining.newest().reward()).isEqualTo(-1);
        assertThat(joining.newest().rewards()).isEmpty();
    }

    @Test
    void aRewardOfZeroIsAReward() {
        joining.arrives(decision(SETTINGS), 0).arrives(reward(1, 0, 1), 1).passes(11);
        assertThat(joining.newest().status()).isEqualTo(FeedbackStatus.MATCHED);
        assertThat(joining.newest().reward()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"FIRST,-3", "LAST,-4", "SUM,-8", "MEAN,-2.6666666666666665", "MIN,-4", "MAX,-1"})
    void aggregatesAllNegativeRewards(RewardAggregation aggregation, double expected) {
        RewardSettings settings = settings(aggregation, false);
        joining.arrives(decision(settings), 0)
                .arrives(reward(settings, 5, -4, "c", 3), 5)
                .arrives(reward(settings, 1, -3, "a", 1), 6)
                .arrives(reward(settings, 2, -1, "b", 2), 7)
                .passes(11);
        assertThat(joining.newest().reward()).isEqualTo(expected);
        assertThat(joining.newest().status()).isEqualTo(FeedbackStatus.MATCHED);
    }

    @Test
    void anHoursDowntimeDefaultsNothingThatWasRewardedInTime() {
        double hour = 3600;
        joining.arrives(decision(SETTINGS), hour).passes(hour + 0.5).arrives(reward(9, 1, 1), hour + 0.6);
        joining.passes(hour + 1);
        assertThat(joining.newest().status()).isEqualTo(FeedbackStatus.MATCHED);
        assertThat(joining.feedback).hasSize(1);
    }

    @Test
    void aLateRewardIsLateEvenIfItWasReadBeforeTheWaitEnded() {
        joining.arrives(decision(SETTINGS), 0).arrives(reward(10.001, 1, 1), 2).passes(11);
        assertThat(joining.kinds()).containsExactly(FateKind.LATE);
        assertThat(joining.feedback)
                .extracting(FeedbackRevision::status)
                .containsExactly(FeedbackStatus.DEFAULTED, FeedbackStatus.CORRECTED);
    }

    @Test
    void aRewardAtTheVeryEndOfTheWaitIsInTime() {
        joining.arrives(decision(SETTINGS), 0).arrives(reward(10, 1, 1), 11).passes(11);
        assertThat(joining.newest().status()).isEqualTo(FeedbackStatus.MATCHED);
        assertThat(joining.fates).isEmpty();
    }

    @Test
    void aLateRewardCorrectsWhatWasSaid() {
        joining.arrives(decision(SETTINGS), 0).passes(11).arrives(reward(30, 1, 1), 30);
        assertThat(joining.newest().revision()).isEqualTo(2);
        assertThat(joining.newest().status()).isEqualTo(FeedbackStatus.CORRECTED);
        assertThat(joining.newest().reward()).isEqualTo(1);
        assertThat(joining.kinds()).containsExactly(FateKind.LATE);
    }

    @Test
    void aLateRewardThatChangesNothingMakesNoRevision() {
        joining.arrives(decision(SETTINGS), 0)
                .arrives(reward(1, 1, 1), 1)
                .passes(11)
                .arrives(reward(30, 0, 2), 30);
        assertThat(joining.feedback).hasSize(1);
        assertThat(joining.kinds()).containsExactly(FateKind.LATE);
    }

    @Test
    void aRewardBeyondTheCorrectionWindowIsCountedButCorrectsNothing() {
        joining.arrives(decision(SETTINGS), 0).passes(11).arrives(reward(70.001, 1, 1), 12);
        assertThat(joining.feedback).hasSize(1);
        assertThat(joining.kinds()).containsExactly(FateKind.LATE);
        joining.arrives(reward(70, 1, 2), 13);
        assertThat(joining.newest().revision()).isEqualTo(2);
    }

    @Test
    void dropsARewardWithAnIdThatItHas() {
        RewardSettings sum = settings(RewardAggregation.SUM, false);
        joining.arrives(decision(sum), 0)
                .arrives(reward(sum, 1, 1, "r", 1), 1)
                .arrives(reward(sum, 1, 1, "r", 2), 2)
                .passes(11);
        assertThat(joining.newest().reward()).isEqualTo(1);
        assertThat(joining.kinds()).containsExactly(FateKind.DUPLICATE);
    }

    @Test
    void rewardsWithoutIdAreToldApartByTheirPlace() {
        RewardSettings sum = settings(RewardAggregation.SUM, false);
        joining.arrives(decision(sum), 0)
                .arrives(reward(sum, 1, 1, null, 1), 1)
                .arrives(reward(sum, 1, 1, null, 2), 2)
                .arrives(reward(sum, 1, 1, null, 2), 2)
                .passes(11);
        assertThat(joining.newest().reward()).isEqualTo(2);
        assertThat(joining.fates).isEmpty();
    }

    @Test
    void aRewardMayComeBeforeItsDecision() {
        joining.arrives(reward(-5, 1, 1), 0).arrives(decision(SETTINGS), 2).passes(11);
        assertThat(joining.newest().status()).isEqualTo(FeedbackStatus.MATCHED);
        assertThat(joining.fates).isEmpty();
    }

    @Test
    void aRewardFromBeforeTheBackwardWindowIsAnOrphan() {
        joining.arrives(reward(-5.001, 1, 1), 0).arrives(decision(SETTINGS), 0).passes(11);
        assertThat(joining.newest().status()).isEqualTo(FeedbackStatus.DEFAULTED);
        assertThat(joining.kinds()).containsExactly(FateKind.ORPHAN);
    }

    @Test
    void aRewardForNothingIsAnOrphanOnceAndForgottenInTheEnd() {
        joining.arrives(reward(0, 1, 1), 0).passes(5.9);
        assertThat(joining.fates).isEmpty();
        joining.passes(6).passes(7);
        assertThat(joining.kinds()).containsExactly(FateKind.ORPHAN);
        assertThat(joining.forgotten).isFalse();
        joining.passes(66);
        assertThat(joining.forgotten).isTrue();
        assertThat(joining.state).isEqualTo(JoinState.empty("films", "e1"));
    }

    @Test
    void anOrphanIsTakenBackWhenItsDecisionTurnsUp() {
        joining.arrives(reward(1, 1, 1), 1)
                .passes(7)
                .arrives(decision(SETTINGS), 8)
                .passes(11);
        assertThat(joining.kinds()).containsExactly(FateKind.ORPHAN, FateKind.COUNTED);
        assertThat(joining.newest().status()).isEqualTo(FeedbackStatus.MATCHED);
    }

    @Test
    void aDeferredDecisionIsNotLearnedFromUntilActivated() {
        joining.arrives(decision(SETTINGS, 0, true, "x", 0), 0)
                .arrives(reward(1, 1, 1), 1)
                .passes(11);
        assertThat(joining.feedback).isEmpty();
        assertThat(joining.kinds()).containsExactly(FateKind.NEVER_ACTIVATED);
        joining.arrives(reward(20, 1, 2), 20).arrives(activation(21, 3), 21);
        assertThat(joining.feedback).isEmpty();
        assertThat(joining.kinds()).contains(FateKind.LATE_ACTIVATION);
    }

    @Test
    void anActivatedDecisionIsLearnedFrom() {
        joining.arrives(activation(4, 1), 0)
                .arrives(decision(SETTINGS, 0, true, "x", 0), 0)
                .passes(11);
        assertThat(joining.newest().status()).isEqualTo(FeedbackStatus.DEFAULTED);
        assertThat(joining.fates).isEmpty();
    }

    @Test
    void anActivationThatWasInTimeButUnderWayTakesTheFateBack() {
        joining.arrives(decision(SETTINGS, 0, true, "x", 0), 0).passes(11).arrives(activation(9, 1), 15);
        assertThat(joining.kinds()).containsExactly(FateKind.NEVER_ACTIVATED, FateKind.COUNTED);
        assertThat(joining.newest().revision()).isEqualTo(1);
    }

    @Test
    void theFirstOfTwoContradictingDecisionsCounts() {
        joining.arrives(decision(SETTINGS, 0, false, "x", 0), 0)
                .arrives(decision(SETTINGS, 1, false, "y", 7), 1)
                .passes(11);
        assertThat(joining.kinds()).containsExactly(FateKind.CONFLICTING);
        assertThat(joining.fates.get(0).position()).isEqualTo(new Position(Topics.DECISIONS, 0, 7));
        assertThat(joining.feedback).hasSize(1);
    }

    @Test
    void aDecisionThatWasLoggedTwiceIsADuplicate() {
        joining.arrives(decision(SETTINGS), 0)
                .arrives(decision(SETTINGS, 1, false, "x", 7), 1)
                .passes(11);
        assertThat(joining.kinds()).containsExactly(FateKind.DUPLICATE);
        assertThat(joining.feedback).hasSize(1);
    }

    @Test
    void closesOnRewardWhereTheLoopSaysSo() {
        RewardSettings quick = settings(RewardAggregation.FIRST, true);
        joining.arrives(decision(quick), 0).arrives(reward(quick, 3, 0.5, "a", 1), 3);
        assertThat(joining.newest().reward()).isEqualTo(0.5);
        joining.arrives(reward(quick, 2, 0.7, "b", 2), 4);
        assertThat(joining.newest().reward()).isEqualTo(0.7);
        assertThat(joining.newest().status()).isEqualTo(FeedbackStatus.CORRECTED);
        assertThat(joining.kinds()).containsExactly(FateKind.LATE);
    }

    @Test
    void keepsTheRewardsOfSlotsApart() {
        DecisionFacts facts = new DecisionFacts(
                Joining.START, List.of("top", "side"), false, "x", new Position(Topics.DECISIONS, 0, 0));
        joining.arrives(new JoinInput.DecisionMade("films", "e1", SETTINGS, facts), 0)
                .arrives(reward(SETTINGS, 1, 0.25, "a", 1, "side"), 1)
                .arrives(reward(SETTINGS, 2, 0.75, "b", 2, "main"), 2)
                .arrives(reward(SETTINGS, 3, 1, "c", 3, "bottom"), 3)
                .passes(11);
        assertThat(joining.newest().slotRewards()).isEqualTo(Map.of("top", 0.75, "side", 0.25));
        assertThat(joining.newest().reward()).isEqualTo(0.75);
        assertThat(joining.newest().rewards()).extracting(Reward::rewardId).containsExactly("a", "b");
        assertThat(joining.kinds()).containsExactly(FateKind.UNKNOWN_SLOT);
    }

    @Test
    void forgetsAfterTheCorrectionWindow() {
        joining.arrives(decision(SETTINGS), 0).passes(11).passes(70.9);
        assertThat(joining.forgotten).isFalse();
        assertThat(joining.join.nextDue(joining.state)).isEqualTo(Joining.at(71));
        joining.passes(71);
        assertThat(joining.forgotten).isTrue();
    }

    @Test
    void boundsTheStateOfOneEvent() {
        joining.arrives(decision(SETTINGS), 0);
        for (int i = 0; i < JoinRewards.MOST_REWARDS + 2; i++) {
            joining.arrives(reward(1, 1, i), 1);
        }
        assertThat(joining.state.rewards()).hasSize(JoinRewards.MOST_REWARDS);
        assertThat(joining.kinds()).containsExactly(FateKind.EXCESS, FateKind.EXCESS);
    }

    @Test
    void aDecisionFromTheYear2100DoesNotEndAnything() {
        joining.arrives(decision(SETTINGS, 2.3e9, false, "x", 0), 0).passes(1000);
        assertThat(joining.feedback).isEmpty();
        assertThat(joining.forgotten).isFalse();
    }
}
