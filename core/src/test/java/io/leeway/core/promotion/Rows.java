package io.leeway.core.promotion;

import io.leeway.core.bandit.Exploration;
import io.leeway.core.bandit.Policy;
import io.leeway.core.features.Action;
import io.leeway.core.model.Scorer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;

/** Two actions: a pays x, b pays 1 - x, both with noise of sd 0.1, clipped to the range; logged at random unless a test says otherwise. */
final class Rows {
    static final List<Action> ACTIONS = List.of(Action.of("a"), Action.of("b"));
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    static final Scorer TRUTH = scorer((x, a) -> a == 0 ? x : 1 - x);
    static final Scorer INVERTED = scorer((x, a) -> a == 0 ? 1 - x : x);
    static final Scorer CONSTANT = scorer((x, a) -> 0.5);

    private Rows() {}

    static Policy policy(Scorer scorer) {
        return new Policy(scorer, Exploration.of("epsilonGreedy", Map.of("epsilon", 0.0)), 0.1);
    }

    /** @param probability of a */
    static List<JudgedRow> logged(int rows, double probability) {
        SplittableRandom random = new SplittableRandom(7);
        List<JudgedRow> logged = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double x = random.nextDouble();
            int action = random.nextDouble() < probability ? 0 : 1;
            double mean = action == 0 ? x : 1 - x;
            double reward = Math.max(0, Math.min(1, mean + 0.35 * (random.nextDouble() - 0.5)));
            logged.add(row(i, x, action, action == 0 ? probability : 1 - probability, reward));
        }
        return logged;
    }

    static JudgedRow row(int number, double x, int action, double probability, double reward) {
        double ofA = action == 0 ? probability : 1 - probability;
        return new JudgedRow(
                START.plusSeconds(number),
                Map.of("x", x, "device", number % 4 == 0 ? "phone" : "desktop"),
                ACTIONS,
                List.of(ofA, 1 - ofA),
                action,
                probability,
                reward);
    }

    static JudgedRow with(JudgedRow row, Instant time, Map<String, Object> context, double reward) {
        return new JudgedRow(
                time, context, row.actions(), row.probabilities(), row.chosen(), row.probability(), reward);
    }

    static List<JudgedRow> observed(int rows) {
        return logged(rows, 1).stream()
                .map(row -> JudgedRow.regression(row.time(), row.context(), row.reward()))
                .toList();
    }

    static Scorer scorer(ToDoubleBiFunction<Double, Integer> reward) {
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
