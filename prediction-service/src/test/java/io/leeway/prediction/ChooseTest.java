package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.Episode;
import io.leeway.contracts.ExplorationSettings;
import io.leeway.contracts.Freeze;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.RewardRange;
import io.leeway.contracts.SlotDecision;
import io.leeway.contracts.SlotRequest;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Seeds;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChooseTest {
    private static final Loop LOOP = TestLoops.bandit("films", TestLoops.GREEDY, "a", "b", "c", "d");

    private static Decision choose(ServingLoop serving, DecisionRequest request) {
        return Choose.choose(serving, request, request.eventId(), TestLoops.NOW, 10_000);
    }

    private static ServingLoop cold(Loop loop) {
        return ServingLoop.of(loop, Map.of());
    }

    private static ServingLoop preferring(Loop loop, String action, long version) {
        ServingModel model = TestModels.serving(
                TestModels.preferring("films", action, "a", "b", "c", "d"), ModelRole.CHAMPION, version);
        return ServingLoop.of(loop, Map.of(ModelRole.CHAMPION, model));
    }

    private static List<Double> probabilities(Decision decision) {
        return decision.slots().get(0).probabilities().stream()
                .map(ActionProbability::probability)
                .toList();
    }

    @Test
    void everyActionIsEquallyLikelyWithoutAModel() {
        Decision decision = choose(cold(LOOP), Requests.of("e1", Map.of()));
        assertThat(probabilities(decision)).containsExactly(0.25, 0.25, 0.25, 0.25);
        assertThat(decision.policy()).isEqualTo("uniform");
        assertThat(decision.modelVersion()).isZero();
        assertThat(decision.slots().get(0).probabilities()).allMatch(p -> p.score() == null);
        assertThat(decision.time()).isEqualTo(TestLoops.NOW);
    }

    @Test
    void logsScoresVersionAndRuleOfTheModelThatScored() {
        Decision decision = choose(preferring(LOOP, "c", 7), Requests.of("e1", Map.of("x", 1)));
        assertThat(decision.modelVersion()).isEqualTo(7);
        assertThat(decision.policy()).isEqualTo("epsilonGreedy");
        assertThat(probabilities(decision)).containsExactly(0.025, 0.025, 0.925, 0.025);
        assertThat(decision.slots().get(0).probabilities())
                .extracting(ActionProbability::score)
                .containsExactly(0.0, 0.0, 1.0, 0.0);
    }

    @Test
    void aFloorKeepsEveryActionPossible() {
        ExplorationSettings pureArgmax = new ExplorationSettings("epsilonGreedy", Map.of("epsilon", 0.0), 0.04);
        Loop loop = TestLoops.bandit("films", pureArgmax, "a", "b", "c", "d");
        assertThat(probabilities(choose(preferring(loop, "b", 1), Requests.of("e1", Map.of()))))
                .containsExactly(0.01, 0.97, 0.01, 0.01);
    }

    @Test
    void squareCbMeansTheSameWhateverTheUnitOfTheReward() {
        ExplorationSettings squareCb = new ExplorationSettings("squareCb", Map.of("gamma", 10.0), 0.0);
        Loop cents = TestLoops.of(
                "films",
                TestLoops.banditSettings(
                        squareCb, TestLoops.rewards(new RewardRange(0.0, 100.0, null)), "a", "b", "c", "d"),
                null);
        // A gap of 1 in a range of 100: 1 / (4 + 10 * 0.01) for each of the three others.
        assertThat(probabilities(choose(preferring(cents, "a", 1), Requests.of("e1", Map.of())))
                        .get(1))
                .isCloseTo(1 / 4.1, within(1e-12));
    }

    @Test
    void excludedActionsAreLoggedAndHaveNoProbability() {
        Decision decision = choose(preferring(LOOP, "c", 1), Requests.of("e1", Map.of(), null, List.of("c", "a")));
        SlotDecision slot = decision.slots().get(0);
        assertThat(slot.probabilities()).extracting(ActionProbability::action).containsExactly("b", "d");
        assertThat(probabilities(decision)).containsExactly(0.5, 0.5);
        assertThat(decision.actions()).extracting(Action::id).containsExactly("a", "b", "c", "d");
        assertThat(decision.excluded()).containsExactly("c", "a");
    }

    @Test
    void theRequestsActionsWinOverTheLoops() {
        List<Action> actions = TestLoops.actions("z", "a");
        Decision decision = choose(preferring(LOOP, "a", 1), Requests.of("e1", Map.of(), actions, List.of()));
        assertThat(decision.slots().get(0).probabilities())
                .extracting(ActionProbability::action)
                .containsExactly("z", "a");
    }

    @Test
    void theDrawCanBeReplayedFromWhatIsLogged() {
        ServingLoop serving = preferring(LOOP, "c", 1);
        for (int i = 0; i < 200; i++) {
            Decision decision = choose(serving, Requests.of("event-" + i, Map.of("x", i)));
            SlotDecision slot = decision.slots().get(0);
            double[] logged = probabilities(decision).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            assertThat(slot.draw()).isEqualTo(Seeds.uniform(TestLoops.SALT, "event-" + i, "main", Choose.PURPOSE));
            int replayed = Distribution.of(logged).sample(slot.draw());
            assertThat(slot.probabilities().get(replayed).action()).isEqualTo(slot.action());
            assertThat(slot.probability()).isEqualTo(logged[replayed]);
            assertThat(choose(serving, Requests.of("event-" + i, Map.of("x", i))))
                    .isEqualTo(decision);
        }
    }

    /** Chi-square of 3 degrees of freedom: above 21.1 once in 10,000 salts; the salt is fixed. */
    @Test
    void actionsAreChosenAsOftenAsTheirLoggedProbabilitySays() {
        ExplorationSettings softmax = new ExplorationSettings("softmax", Map.of("temperature", 1.0), 0.0);
        ServingLoop serving = preferring(TestLoops.bandit("films", softmax, "a", "b", "c", "d"), "c", 1);
        int rounds = 20_000;
        double[] expected = new double[4];
        int[] chosen = new int[4];
        for (int i = 0; i < rounds; i++) {
            Decision decision = choose(serving, Requests.of("event-" + i, Map.of()));
            List<Double> logged = probabilities(decision);
            IntStream.range(0, 4).forEach(a -> expected[a] += logged.get(a));
            chosen[decision.slots().get(0).action().charAt(0) - 'a']++;
        }
        double statistic = IntStream.range(0, 4)
                .mapToDouble(a -> Math.pow(chosen[a] - expected[a], 2) / expected[a])
                .sum();
        assertThat(statistic).isLessThan(21.1);
    }

    @Test
    void aPinnedActionIsServedForSure() {
        Loop frozen = TestLoops.frozen(LOOP, new Freeze("b", null, "incident", TestLoops.NOW));
        Decision decision = choose(preferring(frozen, "c", 3), Requests.of("e1", Map.of()));
        assertThat(decision.policy()).isEqualTo("frozen");
        assertThat(decision.slots().get(0).action()).isEqualTo("b");
        assertThat(probabilities(decision)).containsExactly(0.0, 1.0, 0.0, 0.0);
        assertThat(decision.modelVersion()).isZero();
    }

    @Test
    void aPinnedActionThatIsNotEligibleLeavesTheNormalPolicy() {
        Loop frozen = TestLoops.frozen(LOOP, new Freeze("b", null, "incident", TestLoops.NOW));
        Decision decision = choose(preferring(frozen, "c", 3), Requests.of("e1", Map.of(), null, List.of("b")));
        assertThat(decision.policy()).isEqualTo("epsilonGreedy");
        assertThat(decision.modelVersion()).isEqualTo(3);
    }

    @Test
    void aPinnedVersionAnswersInsteadOfTheChampion() {
        Map<ModelRole, ServingModel> models = Map.of(
                ModelRole.CHAMPION,
                TestModels.serving(TestModels.preferring("films", "c", "a", "b", "c", "d"), ModelRole.CHAMPION, 5),
                ModelRole.PINNED,
                TestModels.serving(TestModels.preferring("films", "a", "a", "b", "c", "d"), ModelRole.PINNED, 3));
        Freeze pin = new Freeze(null, 3L, "incident", TestLoops.NOW);
        ServingLoop serving = ServingLoop.of(TestLoops.frozen(LOOP, pin), models);
        Decision decision = choose(serving, Requests.of("e1", Map.of()));
        assertThat(decision.modelVersion()).isEqualTo(3);
        assertThat(probabilities(decision)).containsExactly(0.925, 0.025, 0.025, 0.025);
        assertThat(choose(ServingLoop.of(LOOP, models), Requests.of("e1", Map.of()))
                        .modelVersion())
                .isEqualTo(5);
        Freeze unknown = new Freeze(null, 4L, "incident", TestLoops.NOW);
        assertThat(ServingLoop.of(TestLoops.frozen(LOOP, unknown), models)
                        .policy()
                        .modelVersion())
                .isEqualTo(5);
        Freeze none = new Freeze(null, 0L, "incident", TestLoops.NOW);
        assertThat(ServingLoop.of(TestLoops.frozen(LOOP, none), models).policy().word())
                .isEqualTo("uniform");
    }

    @Test
    void aModelOfAnotherKindIsLeftOut() {
        ServingModel regression = TestModels.serving(TestModels.regression("films", 1, 0), ModelRole.CHAMPION, 1);
        assertThat(ServingLoop.of(LOOP, Map.of(ModelRole.CHAMPION, regression)).answering())
                .isEmpty();
    }

    @Test
    void tenThousandActionsAreAnswered() {
        List<Action> many = IntStream.range(0, 10_000)
                .mapToObj(i -> Action.of("action-" + i))
                .toList();
        Decision decision = choose(preferring(LOOP, "c", 1), Requests.of("e1", Map.of(), many, List.of()));
        assertThat(probabilities(decision).stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void anMdpLoopLogsTheEpisode() {
        LoopSettings settings = LoopSettings.builder(LoopKind.MDP)
                .actions(TestLoops.actions("left", "right"))
                .build();
        ServingLoop serving = cold(TestLoops.of("maze", settings, null));
        Episode episode = new Episode("walk-1", 4, false);
        DecisionRequest request = new DecisionRequest(null, "e1", null, null, null, null, true, null, episode, null);
        Decision decision = choose(serving, request);
        assertThat(decision.episode()).isEqualTo(episode);
        assertThat(decision.deferred()).isTrue();
        assertThatThrownBy(() -> choose(serving, Requests.of("e2", Map.of())))
                .hasMessage("must be given in an mdp loop: episode=null");
    }

    static Stream<Arguments> refusedRequests() {
        Map<String, Object> infinite = Map.of("weight", List.of(1, Double.POSITIVE_INFINITY));
        SlotRequest slot = new SlotRequest("top", null, null);
        return Stream.of(
                Arguments.of(
                        Requests.of("e", Map.of(), List.of(), List.of()),
                        "actions",
                        "must have at least one action: actions=[]"),
                Arguments.of(
                        Requests.of("e", Map.of(), null, List.of("nope")),
                        "excluded",
                        "must be among the actions: excluded=nope"),
                Arguments.of(
                        Requests.of("e", Map.of(), null, List.of("a", "b", "c", "d")),
                        "excluded",
                        "must leave at least one action: excluded=[a, b, c, d]"),
                Arguments.of(
                        Requests.of("e", Map.of(), List.of(new Action("a", infinite)), List.of()),
                        "actions[0].features.weight[1]",
                        "must be a finite number: actions[0].features.weight[1]=Infinity"),
                Arguments.of(
                        Requests.of(
                                "e",
                                Map.of(),
                                IntStream.range(0, 10_001)
                                        .mapToObj(i -> Action.of("a" + i))
                                        .toList(),
                                List.of()),
                        "actions",
                        "must be at most 10000: actions=10001 actions"),
                Arguments.of(
                        new DecisionRequest(null, "e", null, null, null, null, null, List.of(slot, slot), null, null),
                        "slots[1].name",
                        "must be unique: slots[1].name=top"));
    }

    @ParameterizedTest
    @MethodSource("refusedRequests")
    void refusesNamingFieldAndValue(DecisionRequest request, String field, String message) {
        assertThatThrownBy(() -> choose(cold(LOOP), request))
                .isInstanceOf(ContractViolation.class)
                .hasMessage(message)
                .extracting(e -> ((ContractViolation) e).field())
                .isEqualTo(field);
    }

    @Test
    void aLoopWithoutActionsSaysSo() {
        assertThatThrownBy(() -> choose(cold(TestLoops.bandit("bare", null)), Requests.of("e", Map.of())))
                .hasMessage("must be given, because loop bare has no actions of its own: actions=null");
    }
}
