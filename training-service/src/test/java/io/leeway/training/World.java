package io.leeway.training;

import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.FeedbackStatus;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.SlotDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A small bandit world: four actions, each best in one of four seasons of a number, with noise; logged by a uniform policy. */
final class World {
    static final List<String> ACTIONS = List.of("north", "east", "south", "west");

    private final SplittableRandom random;
    private final String loop;
    private Instant start;
    private int made;

    World(String loop, long seed, Instant start) {
        this.loop = loop;
        this.random = new SplittableRandom(seed);
        this.start = start;
    }

    /** Nothing is decided for so long. */
    void pause(Duration length) {
        start = start.plus(length);
    }

    /** Expected reward in [0.1, 0.9]. */
    static double expected(double x, int action) {
        double peak = -0.75 + 0.5 * action;
        return 0.1 + 0.8 * Math.exp(-8 * (x - peak) * (x - peak));
    }

    List<Feedback> feedback(int rows) {
        List<Feedback> all = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            double x = 2 * random.nextDouble() - 1;
            int action = random.nextInt(ACTIONS.size());
            double reward = Math.max(0, Math.min(1, expected(x, action) + 0.1 * (random.nextDouble() - 0.5)));
            all.add(feedback(x, action, reward));
        }
        return all;
    }

    /** Rows of a regression loop: the value is 5 + 3 |x|, which is seen with some noise. */
    List<Feedback> regression(int rows) {
        List<Feedback> all = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            double x = 2 * random.nextDouble() - 1;
            int number = made++;
            Instant time = start.plusMillis(100L * number);
            double value = 5 + 3 * Math.abs(x) + 0.5 * (random.nextDouble() - 0.5);
            Decision decision = Decision.builder(loop, loop + "-" + number, LoopKind.REGRESSION, time)
                    .context(Map.of("x", x, "weekday", number % 2 == 0 ? "MONDAY" : "FRIDAY"))
                    .policy("none")
                    .build();
            all.add(Feedback.matched(decision, value, time.plusSeconds(1)));
        }
        return all;
    }

    /** The same decisions with rewards that have nothing to do with them. */
    List<Feedback> shuffled(int rows) {
        List<Feedback> honest = feedback(rows);
        List<Double> rewards =
                new ArrayList<>(honest.stream().map(Feedback::reward).toList());
        Collections.shuffle(rewards, new java.util.Random(random.nextLong()));
        return IntStream.range(0, rows)
                .mapToObj(i -> withReward(honest.get(i), rewards.get(i), 1))
                .toList();
    }

    static Feedback withReward(Feedback feedback, double reward, int revision) {
        return new Feedback(
                feedback.loop(),
                feedback.eventId(),
                revision,
                revision == 1 ? FeedbackStatus.MATCHED : FeedbackStatus.CORRECTED,
                reward,
                Map.of("main", reward),
                null,
                feedback.decision(),
                feedback.closedAt(),
                false,
                null);
    }

    private Feedback feedback(double x, int action, double reward) {
        int number = made++;
        Instant time = start.plusMillis(100L * number);
        List<ActionProbability> probabilities = ACTIONS.stream()
                .map(id -> new ActionProbability(id, 0.25, null))
                .toList();
        SlotDecision slot = new SlotDecision("main", probabilities, ACTIONS.get(action), 0.25, 0.5);
        Decision decision = Decision.builder(loop, loop + "-" + number, LoopKind.BANDIT, time)
                .context(Map.of("x", x, "weekday", number % 2 == 0 ? "MONDAY" : "FRIDAY"))
                .actions(ACTIONS.stream().map(Action::of).toList())
                .slots(List.of(slot))
                .policy("uniform")
                .build();
        return Feedback.matched(decision, reward, time.plusSeconds(1));
    }
}
