package io.leeway.core.promotion.study;

import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Policy;
import io.leeway.core.features.Action;
import io.leeway.core.promotion.JudgedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Four actions whose chances of a reward of 1 depend on three numbers and a device in a way of their own. Immutable. */
final class World {
    static final List<Action> ACTIONS =
            List.of(Action.of("north"), Action.of("east"), Action.of("south"), Action.of("west"));
    static final String LEAK = "laterClicks";

    private static final int NUMBERS = 3;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final double[][] slopes;
    private final double[] phone;

    private World(double[][] slopes, double[] phone) {
        this.slopes = slopes;
        this.phone = phone;
    }

    /** @param strength how much the numbers matter; chances stay within [0.05, 0.95] */
    static World draw(RandomGenerator random, double strength) {
        double[][] slopes = new double[ACTIONS.size()][NUMBERS];
        double[] phone = new double[ACTIONS.size()];
        for (int action = 0; action < slopes.length; action++) {
            for (int i = 0; i < NUMBERS; i++) {
                slopes[action][i] = strength * random.nextGaussian();
            }
            phone[action] = strength * random.nextGaussian();
        }
        return new World(slopes, phone);
    }

    /** The world on its way to another one. */
    World towards(World other, double way) {
        double[][] mixed = new double[slopes.length][NUMBERS];
        double[] mixedPhone = new double[phone.length];
        for (int action = 0; action < mixed.length; action++) {
            for (int i = 0; i < NUMBERS; i++) {
                mixed[action][i] = (1 - way) * slopes[action][i] + way * other.slopes[action][i];
            }
            mixedPhone[action] = (1 - way) * phone[action] + way * other.phone[action];
        }
        return new World(mixed, mixedPhone);
    }

    static Map<String, Object> context(RandomGenerator random) {
        Map<String, Object> context = new LinkedHashMap<>();
        for (int i = 0; i < NUMBERS; i++) {
            context.put("x" + i, random.nextGaussian());
        }
        context.put("device", random.nextDouble() < 0.3 ? "phone" : "desktop");
        return context;
    }

    double chance(Map<String, Object> context, int action) {
        double sum = 0.4 + ("phone".equals(context.get("device")) ? phone[action] : 0);
        for (int i = 0; i < NUMBERS; i++) {
            sum += slopes[action][i] * (double) context.get("x" + i);
        }
        return Math.max(0.05, Math.min(0.95, sum));
    }

    double reward(Map<String, Object> context, int action, RandomGenerator random) {
        return random.nextDouble() < chance(context, action) ? 1 : 0;
    }

    /** Rows that a policy logged, a second apart. */
    List<JudgedRow> log(Policy policy, int rows, RandomGenerator random) {
        List<JudgedRow> log = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            Map<String, Object> context = context(random);
            Distribution distribution = policy.distribution(context, ACTIONS);
            int chosen = distribution.sample(random.nextDouble());
            List<Double> probabilities = new ArrayList<>();
            for (int action = 0; action < ACTIONS.size(); action++) {
                probabilities.add(distribution.probability(action));
            }
            log.add(new JudgedRow(
                    START.plusSeconds(i),
                    context,
                    ACTIONS,
                    probabilities,
                    chosen,
                    distribution.probability(chosen),
                    reward(context, chosen, random)));
        }
        return log;
    }

    /** What a policy earns in a context, exactly. */
    double value(Policy policy, Map<String, Object> context) {
        Distribution distribution = policy.distribution(context, ACTIONS);
        double value = 0;
        for (int action = 0; action < ACTIONS.size(); action++) {
            value += distribution.probability(action) * chance(context, action);
        }
        return value;
    }
}
