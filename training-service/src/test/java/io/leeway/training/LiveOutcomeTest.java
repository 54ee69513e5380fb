package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Component;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.RewardSettings;
import io.leeway.contracts.RolloutMode;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.SlotProbabilities;
import io.leeway.contracts.rest.RolloutState;
import io.leeway.core.evaluation.RewardRange;
import io.leeway.core.promotion.CanaryPlan;
import io.leeway.core.promotion.LiveComparison;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveOutcomeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RewardReplay REPLAY = new RewardReplay(RewardSettings.DEFAULT);

    /** Two slots: the challenger would have done both with .9 * .8, the champion with .1 * .5, the mixture with .5 of each. */
    @Test
    void allSlotsOfAMixtureCountTogether() {
        Component champion = component("champion", 1, 0.5, 0.1, 0.5);
        Component challenger = component("challenger", 2, 0.5, 0.9, 0.8);
        Feedback feedback = bandit(1, "squareCb", List.of(champion, challenger), List.of(), 1, false);
        LiveComparison live = LiveComparison.ofMixture(RewardRange.UNIT, 0.5, 0.5, 0, 0.05);
        LiveComparison expected = LiveComparison.ofMixture(RewardRange.UNIT, 0.5, 0.5, 0, 0.05);
        for (int i = 0; i < 300; i++) {
            expected.decision(0.72, 0.05, 0.385, 0.6);
            assertThat(LiveOutcome.add(feedback, rollout(RolloutMode.CANARY), REPLAY, live))
                    .isTrue();
        }
        assertSame(live, expected);
    }

    @Test
    void aShadowIsWeightedByWhatWasLogged() {
        Component shadow = component("shadow", 2, 0, 0.9, 0.8);
        Feedback feedback = bandit(1, "squareCb", List.of(), List.of(shadow), 1, false);
        LiveComparison live = LiveComparison.ofShadow(RewardRange.UNIT, 0, 0.05);
        LiveComparison expected = LiveComparison.ofShadow(RewardRange.UNIT, 0, 0.05);
        for (int i = 0; i < 300; i++) {
            expected.shadowed(0.72, 0.3 * 0.4, 0.6);
            assertThat(LiveOutcome.add(feedback, rollout(RolloutMode.SHADOW), REPLAY, live))
                    .isTrue();
        }
        assertSame(live, expected);
    }

    /** Up to the order of multiplications; and not the interval that says nothing. */
    private static void assertSame(LiveComparison live, LiveComparison expected) {
        assertThat(live.count()).isEqualTo(expected.count());
        assertThat(live.interval().lower()).isCloseTo(expected.interval().lower(), within(1e-9));
        assertThat(live.interval().upper()).isCloseTo(expected.interval().upper(), within(1e-9));
        assertThat(live.interval().width()).isLessThan(1.9);
    }

    @Test
    void whatSaysNothingOfTheTwoVersionsDoesNotCount() {
        Component shadow = component("shadow", 2, 0, 0.9, 0.8);
        Component other = component("shadow", 3, 0, 0.9, 0.8);
        List<Feedback> none = List.of(
                bandit(1, "squareCb", List.of(), List.of(shadow), 2, false),
                bandit(1, "squareCb", List.of(), List.of(shadow), 1, true),
                bandit(1, "frozen", List.of(), List.of(shadow), 1, false),
                bandit(1, "apprentice", List.of(), List.of(shadow), 1, false),
                bandit(4, "squareCb", List.of(), List.of(shadow), 1, false),
                bandit(1, "squareCb", List.of(), List.of(other), 1, false),
                bandit(1, "squareCb", List.of(), List.of(), 1, false));
        LiveComparison live = LiveComparison.ofShadow(RewardRange.UNIT, 0, 0.05);
        for (Feedback feedback : none) {
            assertThat(LiveOutcome.add(feedback, rollout(RolloutMode.SHADOW), REPLAY, live))
                    .isFalse();
        }
        assertThat(live.count()).isZero();
    }

    @Test
    void bothPredictionsOfARegressionAreCompared() {
        LiveComparison live = LiveComparison.ofPredictions(0.02, 0.05);
        for (int i = 0; i < 400; i++) {
            double truth = 10 + i % 7;
            List<Component> components = List.of(
                    new Component("champion", 1, "none", 0.9, List.of(), truth + 2),
                    new Component("challenger", 2, "none", 0.1, List.of(), truth + (i % 2 == 0 ? 0.5 : -0.5)));
            assertThat(LiveOutcome.add(regression(components, truth), rollout(RolloutMode.CANARY), REPLAY, live))
                    .isTrue();
        }
        assertThat(live.count()).isEqualTo(400);
        // Errors of 2 against errors of a half.
        assertThat(live.interval().contains(3.75)).isTrue();
        assertThat(live.evidence(0)).isEqualTo(io.leeway.core.promotion.Evidence.BETTER);
    }

    private static Component component(String role, long version, double weight, double first, double second) {
        return new Component(
                role,
                version,
                "squareCb",
                weight,
                List.of(probabilities("top", first), probabilities("side", second)),
                null);
    }

    private static SlotProbabilities probabilities(String slot, double ofA) {
        return new SlotProbabilities(
                slot, List.of(new ActionProbability("a", ofA, null), new ActionProbability("b", 1 - ofA, null)));
    }

    private static Feedback bandit(
            long modelVersion,
            String policy,
            List<Component> components,
            List<Component> shadows,
            int revision,
            boolean imported) {
        SlotDecision top = new SlotDecision("top", probabilities("top", 0.3).probabilities(), "a", 0.3, 0.1);
        SlotDecision side = new SlotDecision("side", probabilities("side", 0.4).probabilities(), "a", 0.4, 0.1);
        Decision decision = Decision.builder("loop", "event", LoopKind.BANDIT, NOW)
                .context(Map.of())
                .actions(List.of())
                .slots(List.of(top, side))
                .modelVersion(modelVersion)
                .policy(policy)
                .components(components)
                .drawnComponent(components.isEmpty() ? null : 0)
                .shadows(shadows)
                .build();
        return new Feedback(
                "loop",
                "event",
                revision,
                FeedbackStatus.MATCHED,
                1,
                Map.of("top", 1.0, "side", 0.2),
                null,
                decision,
                NOW,
                imported,
                null);
    }

    private static Feedback regression(List<Component> components, double observed) {
        Decision decision = Decision.builder("loop", "event", LoopKind.REGRESSION, NOW)
                .context(Map.of())
                .prediction(components.get(0).prediction())
                .modelVersion(1)
                .policy("none")
                .components(components)
                .drawnComponent(0)
                .build();
        return Feedback.matched(decision, observed, NOW);
    }

    private static VersionRollout rollout(RolloutMode mode) {
        CanaryPlan plan = new CanaryPlan(
                mode == RolloutMode.CANARY ? List.of(0.5) : List.of(), Duration.ZERO, Duration.ofDays(1), 0);
        return new VersionRollout(
                1, "loop", 2, 1, mode, RolloutState.RUNNING, 0, plan, Map.of(), Map.of(), null, NOW, NOW, null);
    }
}
