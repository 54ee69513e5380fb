package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Component;
import io.leeway.contracts.Decision;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.ExplorationSettings;
import io.leeway.contracts.Freeze;
import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.ServingMode;
import io.leeway.contracts.ServingSettings;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.SlotRequest;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Seeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Several slots, mixtures, shadows and baselines. */
class ChooseSlotsTest {
    private static final ExplorationSettings SOFTMAX =
            new ExplorationSettings("softmax", Map.of("temperature", 1.0), 0.0);
    private static final Loop LOOP = TestLoops.bandit("page", SOFTMAX, "a", "b", "c");
    private static final SlotRequest TOP = new SlotRequest("top", null, null);
    private static final SlotRequest SIDE = new SlotRequest("side", null, null);
    private static final Map<ModelRole, ServingModel> TWO_MODELS = Map.of(
            ModelRole.CHAMPION,
            TestModels.serving(TestModels.preferring("page", "a", "a", "b", "c"), ModelRole.CHAMPION, 1),
            ModelRole.CHALLENGER,
            TestModels.serving(TestModels.preferring("page", "c", "a", "b", "c"), ModelRole.CHALLENGER, 2));

    private static Decision choose(ServingLoop serving, String eventId, SlotRequest... slots) {
        DecisionRequest request =
                new DecisionRequest(null, eventId, null, Map.of("x", 1), null, null, null, List.of(slots), null, null);
        return Choose.choose(serving, request, eventId, TestLoops.NOW, 10_000);
    }

    private static ServingLoop canary(double share) {
        return ServingLoop.of(TestLoops.serving(LOOP, new ServingSettings(ServingMode.ONLINE, share)), TWO_MODELS);
    }

    private static ServingLoop mode(ServingMode mode) {
        return ServingLoop.of(TestLoops.serving(LOOP, new ServingSettings(mode, null)), TWO_MODELS);
    }

    private static double[] probabilities(List<ActionProbability> entries) {
        return entries.stream().mapToDouble(ActionProbability::probability).toArray();
    }

    @Test
    void aLaterSlotChoosesAmongWhatEarlierOnesLeft() {
        ServingLoop serving = ServingLoop.of(LOOP, Map.of());
        Decision decision = choose(serving, "e1", TOP, SIDE, new SlotRequest("foot", null, null));
        assertThat(decision.slots()).extracting(SlotDecision::name).containsExactly("top", "side", "foot");
        assertThat(decision.slots()).extracting(SlotDecision::action).doesNotHaveDuplicates();
        assertThat(decision.slots()).extracting(SlotDecision::probability).containsExactly(1 / 3.0, 0.5, 1.0);
        assertThat(decision.slots().get(1).draw())
                .isEqualTo(Seeds.uniform(TestLoops.SALT, "e1", "side", Choose.PURPOSE));
    }

    @Test
    void whatASlotExcludesIsExcludedThereOnly() {
        ServingLoop serving = ServingLoop.of(LOOP, Map.of());
        Decision decision = choose(
                serving,
                "e1",
                new SlotRequest("top", null, List.of("b", "c")),
                new SlotRequest("side", null, List.of("b")));
        assertThat(decision.slots()).extracting(SlotDecision::action).containsExactly("a", "c");
        assertThat(decision.slots().get(0).excluded()).containsExactly("b", "c");
        assertThat(decision.excluded()).isEmpty();
    }

    @Test
    void aSlotThatNothingIsLeftForIsRefused() {
        ServingLoop serving = ServingLoop.of(LOOP, Map.of());
        SlotRequest onlyA = new SlotRequest("x", null, List.of("b", "c"));
        assertThatThrownBy(() -> choose(serving, "e1", onlyA, new SlotRequest("y", null, List.of("b", "c"))))
                .hasMessage("must have an action left that no slot before took: slots[1]=y");
    }

    @Test
    void featuresOfASlotAreKnownWhenItIsDecidedAndAreLogged() {
        ServingLoop serving = ServingLoop.of(LOOP, TWO_MODELS);
        Decision decision = choose(serving, "e1", new SlotRequest("top", Map.of("size", 2), null), SIDE);
        assertThat(decision.slots().get(0).features()).isEqualTo(Map.of("size", 2));
        assertThat(decision.slots().get(0).contextOf(decision.context()))
                .isEqualTo(Map.of("x", 1, "slot", Map.of("size", 2)));
        assertThat(decision.slots().get(1).contextOf(decision.context())).isEqualTo(Map.of("x", 1));
    }

    @Test
    void aCanaryLogsTheMixtureBothVersionsAndTheComponentDrawn() {
        Decision decision = choose(canary(0.25), "e1", TOP);
        double[] champion =
                probabilities(decision.components().get(0).slots().get(0).probabilities());
        double[] challenger =
                probabilities(decision.components().get(1).slots().get(0).probabilities());
        double[] logged = probabilities(decision.slots().get(0).probabilities());
        for (int i = 0; i < 3; i++) {
            assertThat(logged[i]).isCloseTo(0.75 * champion[i] + 0.25 * challenger[i], within(1e-12));
        }
        assertThat(decision.components()).extracting(Component::modelVersion).containsExactly(1L, 2L);
        assertThat(decision.components()).extracting(Component::weight).containsExactly(0.75, 0.25);
        assertThat(decision.modelVersion()).isEqualTo(decision.drawnComponent() + 1L);
    }

    @Test
    void aLoopThatIsHeldStillHasNoCanary() {
        Loop canary = TestLoops.serving(LOOP, new ServingSettings(ServingMode.ONLINE, 0.5));
        Loop held = TestLoops.frozen(canary, new Freeze(null, 1L, "incident", TestLoops.NOW));
        for (int i = 0; i < 50; i++) {
            Decision decision = choose(ServingLoop.of(held, TWO_MODELS), "event-" + i);
            assertThat(decision.components()).isEmpty();
            assertThat(decision.modelVersion()).isEqualTo(1);
        }
    }

    @Test
    void aChallengerWithoutAShareIsNotAsked() {
        assertThat(choose(canary(0), "e1", TOP).components()).isEmpty();
    }

    /** Chi-square of 5 degrees of freedom: above 25.7 once in 10,000 salts; the salt is fixed. */
    @Test
    void pairsAreChosenAsOftenAsTheProductOfTheirLoggedProbabilitiesSays() {
        ServingLoop serving = canary(0.5);
        int rounds = 20_000;
        Map<String, Integer> chosen = new HashMap<>();
        Map<String, Double> logged = new HashMap<>();
        for (int i = 0; i < rounds; i++) {
            Decision decision = choose(serving, "event-" + i, TOP, SIDE);
            String pair = decision.slots().stream().map(SlotDecision::action).collect(Collectors.joining());
            chosen.merge(pair, 1, Integer::sum);
            double probability = decision.slots().get(0).probability()
                    * decision.slots().get(1).probability();
            assertThat(logged.computeIfAbsent(pair, p -> probability)).isCloseTo(probability, within(1e-12));
        }
        assertThat(logged.values().stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-9));
        double statistic = logged.entrySet().stream()
                .mapToDouble(pair -> {
                    double expected = rounds * pair.getValue();
                    return Math.pow(chosen.get(pair.getKey()) - expected, 2) / expected;
                })
                .sum();
        assertThat(statistic).isLessThan(25.7);
    }

    @Test
    void theComponentAndEachSlotCanBeReplayedFromTheLog() {
        ServingLoop serving = canary(0.5);
        for (int i = 0; i < 200; i++) {
            Decision decision = choose(serving, "event-" + i, TOP, SIDE);
            assertThat(DrawnFill.drawComponent(TestLoops.SALT, "event-" + i, 0.5, 0.5))
                    .isEqualTo(decision.drawnComponent());
            Component drawn = decision.components().get(decision.drawnComponent());
            assertThat(decision.modelVersion()).isEqualTo(drawn.modelVersion());
            for (int s = 0; s < 2; s++) {
                SlotDecision slot = decision.slots().get(s);
                Distribution own =
                        Distribution.of(probabilities(drawn.slots().get(s).probabilities()));
                assertThat(slot.probabilities().get(own.sample(slot.draw())).action())
                        .isEqualTo(slot.action());
            }
        }
    }

    @Test
    void aShadowIsLoggedBesideAndNeverServed() {
        Map<ModelRole, ServingModel> models = Map.of(
                ModelRole.SHADOW,
                TestModels.serving(TestModels.preferring("page", "b", "a", "b", "c"), ModelRole.SHADOW, 9));
        Decision decision = choose(ServingLoop.of(LOOP, models), "e1", TOP, SIDE);
        assertThat(decision.modelVersion()).isZero();
        assertThat(decision.slots().get(0).probability()).isEqualTo(1 / 3.0);
        Component shadow = decision.shadows().get(0);
        assertThat(shadow.modelVersion()).isEqualTo(9);
        assertThat(shadow.weight()).isZero();
        assertThat(shadow.slots().get(0).probabilities().get(1).score()).isEqualTo(1);
        assertThat(shadow.slots().get(1).probabilities()).hasSize(2);
    }

    @Test
    void anApprenticeAnswersTheBaselineAndLogsWhatItsModelWouldDo() {
        ServingLoop serving = mode(ServingMode.APPRENTICE);
        Decision decision = choose(serving, "e1", new SlotRequest("top", null, null, "b"), SIDE);
        assertThat(decision.policy()).isEqualTo("apprentice");
        assertThat(decision.modelVersion()).isZero();
        assertThat(decision.slots()).extracting(SlotDecision::action).containsExactly("b", "a");
        assertThat(decision.slots()).extracting(SlotDecision::probability).containsExactly(1.0, 1.0);
        assertThat(decision.slots().get(0).baseline()).isEqualTo("b");
        assertThat(decision.shadows()).extracting(Component::role).containsExactly("champion");
        assertThat(decision.components()).isEmpty();
    }

    @Test
    void aBaselineThatMayNotBeChosenGivesWayToTheFirstEligible() {
        SlotRequest slot = new SlotRequest("top", null, List.of("a", "b"), "b");
        Decision decision = choose(mode(ServingMode.LOGGING_ONLY), "e1", slot);
        assertThat(decision.policy()).isEqualTo("loggingOnly");
        assertThat(decision.slots().get(0).action()).isEqualTo("c");
        assertThat(decision.shadows()).isEmpty();
        assertThatThrownBy(() -> choose(mode(ServingMode.APPRENTICE), "e2", new SlotRequest("top", null, null, "z")))
                .hasMessage("must be among the actions: slots[0].baseline=z");
    }

    @Test
    void aPinnedActionFillsItsSlotForSureAndTheBaselineTheOthers() {
        Loop frozen = TestLoops.frozen(LOOP, new Freeze("c", null, "incident", TestLoops.NOW));
        Decision decision =
                choose(ServingLoop.of(frozen, TWO_MODELS), "e1", TOP, new SlotRequest("side", null, null, "b"));
        assertThat(decision.policy()).isEqualTo("frozen");
        assertThat(decision.slots()).extracting(SlotDecision::action).containsExactly("c", "b");
    }
}
