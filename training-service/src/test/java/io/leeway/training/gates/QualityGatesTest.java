package io.leeway.training.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.rest.GateVerdict;
import io.leeway.core.bandit.Exploration;
import io.leeway.core.bandit.Policy;
import io.leeway.core.features.Action;
import io.leeway.core.model.Scorer;
import io.leeway.training.learning.TrainingRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

/** Two actions: a pays x, b pays 1 - x, both with noise of sd 0.1; logged at random unless a test says otherwise. */
class QualityGatesTest {
    private static final List<Action> ACTIONS = List.of(Action.of("a"), Action.of("b"));
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final BanditQuality BANDIT = new BanditQuality(0.02, 0.95);
    private static final RegressionQuality REGRESSION = new RegressionQuality(0.02, 0.95);

    private final Scorer truth = scorer((x, a) -> a == 0 ? x : 1 - x);
    private final Scorer inverted = scorer((x, a) -> a == 0 ? 1 - x : x);
    private final Scorer constant = scorer((x, a) -> 0.5);
    private final Scorer rough = scorer((x, a) -> a == 0 ? 0.8 * x + 0.1 : 0.9 - 0.8 * x);

    @Test
    void aBanditThatHasLearnedPassesWithoutAChampionAndAgainstOneThatHasNot() {
        List<TrainingRow> rows = logged(300, 0.5);
        GateVerdict first = BANDIT.judge(rows, policy(truth), Optional.empty(), 0.5);
        assertThat(first.passed()).as(first.reason()).isTrue();
        assertThat((Double) first.figures().get("differenceLower")).isPositive();
        // Greedy with a floor of 0.1: worth 0.9 * 0.75 + 0.1 * 0.5.
        assertThat((Double) first.figures().get("value")).isBetween(0.69, 0.76);
        GateVerdict second = BANDIT.judge(rows, policy(truth), Optional.of(policy(inverted)), 0.5);
        assertThat(second.passed()).as(second.reason()).isTrue();
    }

    @Test
    void aBanditWorseThanTheChampionIsKeptOutWithFigures() {
        GateVerdict verdict = BANDIT.judge(logged(300, 0.5), policy(inverted), Optional.of(policy(truth)), 0.5);
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.reason()).startsWith("worse policy");
        assertThat((Double) verdict.figures().get("differenceUpper")).isNegative();
        assertThat(verdict.figures()).containsEntry("reference", "champion").containsEntry("rows", 300);
    }

    @Test
    void aBanditThatHasLearnedNothingIsKeptOut() {
        GateVerdict verdict = BANDIT.judge(logged(300, 0.5), policy(constant), Optional.empty(), 0.5);
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.reason()).startsWith("has learned nothing");
    }

    @Test
    void aBanditHardlyWorseThanTheChampionPassesWithinTheTolerance() {
        GateVerdict verdict = BANDIT.judge(logged(300, 0.5), policy(rough), Optional.of(policy(truth)), 0.5);
        assertThat(verdict.passed()).as(verdict.reason()).isTrue();
    }

    @Test
    void withoutOverlapPredictionsAreJudgedInstead() {
        // Nearly all rows took a: those who always want b cannot be evaluated by weighting.
        List<TrainingRow> rows = logged(200, 0.995);
        Scorer onlyB = scorer((x, a) -> a == 0 ? x : 2);
        GateVerdict good = BANDIT.judge(rows, policy(onlyB), Optional.of(policy(constant)), 0.5);
        assertThat(good.passed()).as(good.reason()).isTrue();
        assertThat(good.reason()).contains("the logs support too few");
        GateVerdict bad =
                BANDIT.judge(rows, policy(scorer((x, a) -> a == 0 ? 1 - x : 2)), Optional.of(policy(constant)), 0.5);
        assertThat(bad.passed()).isFalse();
    }

    @Test
    void rowsThatTheLoggingPolicyCouldNotHaveTakenOtherwiseAreLeftOut() {
        List<TrainingRow> rows = new ArrayList<>(logged(100, 0.5));
        rows.addAll(logged(40, 1));
        GateVerdict verdict = BANDIT.judge(rows, policy(truth), Optional.empty(), 0.5);
        assertThat(verdict.figures()).containsEntry("rows", 100).containsEntry("unsupportedRows", 40);
        assertThat(BANDIT.judge(logged(40, 1), policy(truth), Optional.empty(), 0.5)
                        .passed())
                .isFalse();
    }

    @Test
    void aRegressionMustBeatTheMeanAndNotLoseToTheChampion() {
        List<TrainingRow> rows = observed(300);
        GateVerdict alone = REGRESSION.judge(rows, truth, Optional.empty(), 0.5);
        assertThat(alone.passed()).as(alone.reason()).isTrue();
        assertThat((Double) alone.figures().get("rmse")).isBetween(0.08, 0.12);
        assertThat(REGRESSION.judge(rows, constant, Optional.empty(), 0.5).passed())
                .isFalse();
        GateVerdict worse = REGRESSION.judge(rows, scorer((x, a) -> 0.5 + 0.5 * (x - 0.5)), Optional.of(truth), 0.5);
        assertThat(worse.passed()).isFalse();
        assertThat(worse.reason()).startsWith("worse than the champion");
        assertThat(REGRESSION.judge(rows, truth, Optional.of(truth), 0.5).passed())
                .isTrue();
    }

    @Test
    void theDataGateNamesWhatIsMissing() {
        assertThat(data(logged(99, 0.5)).reason()).isEqualTo("too few rows: 99 of 100");
        assertThat(data(logged(100, 0.5)).passed()).isTrue();
        assertThat(data(logged(100, 1)).reason()).isEqualTo("only one action was ever taken: [a]");
        List<TrainingRow> equal =
                logged(100, 0.5).stream().map(row -> withReward(row, 1)).toList();
        assertThat(data(equal).reason()).isEqualTo("all rewards are the same: 1.0");
        List<TrainingRow> lopsided = new ArrayList<>(logged(99, 0.9999));
        lopsided.add(row(99, 0.5, 1, 1e-4, 1));
        assertThat(data(lopsided).reason()).startsWith("the logs hardly cover the actions");
    }

    private static GateVerdict data(List<TrainingRow> rows) {
        DataGate gate = new DataGate(true);
        rows.forEach(gate::add);
        return gate.verdict(100, 5);
    }

    private static Policy policy(Scorer scorer) {
        return new Policy(scorer, Exploration.of("epsilonGreedy", Map.of("epsilon", 0.0)), 0.1);
    }

    /** @param probability of a */
    private static List<TrainingRow> logged(int rows, double probability) {
        SplittableRandom random = new SplittableRandom(7);
        List<TrainingRow> logged = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double x = random.nextDouble();
            int action = random.nextDouble() < probability ? 0 : 1;
            double mean = action == 0 ? x : 1 - x;
            double reward = mean + 0.35 * (random.nextDouble() - 0.5);
            logged.add(row(i, x, action, action == 0 ? probability : 1 - probability, reward));
        }
        return logged;
    }

    private static TrainingRow row(int number, double x, int action, double probability, double reward) {
        double ofA = action == 0 ? probability : 1 - probability;
        return new TrainingRow(
                "e" + number,
                START.plusSeconds(number),
                Map.of("x", x),
                ACTIONS,
                List.of(ofA, 1 - ofA),
                action,
                probability,
                reward);
    }

    private static TrainingRow withReward(TrainingRow row, double reward) {
        return new TrainingRow(
                row.eventId(),
                row.time(),
                row.context(),
                row.actions(),
                row.probabilities(),
                row.chosen(),
                row.probability(),
                reward);
    }

    private static List<TrainingRow> observed(int rows) {
        return logged(rows, 1).stream()
                .map(row -> TrainingRow.regression(row.eventId(), row.time(), row.context(), row.reward()))
                .toList();
    }

    private static Scorer scorer(ToDoubleBiFunction<Double, Integer> reward) {
        return new Scorer() {
            @Override
            public double[] score(Map<String, ?> context, List<Action> actions) {
                return actions.stream()
                        .mapToDouble(action -> reward.applyAsDouble((Double) context.get("x"), ACTIONS.indexOf(action)))
                        .toArray();
            }

            @Override
            public double predict(Map<String, ?> context) {
                return reward.applyAsDouble((Double) context.get("x"), 0);
            }
        };
    }
}
