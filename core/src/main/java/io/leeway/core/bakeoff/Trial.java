package io.leeway.core.bakeoff;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.online.OnlinePolicy;
import io.leeway.core.evaluation.ProgressiveMean;
import io.leeway.core.features.Situation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Progressive validation: for each situation the policy decides, earns, and learns from the reward of its choice alone. Its
 * loss in a step is what the best eligible action would have earned more; where one action earns 1 and all others 0, that is
 * the 0/1 loss of a classifier.
 *
 * @see "Bietti, Agarwal and Langford, A Contextual Bandit Bake-off, JMLR 22(133), 2021"
 */
public final class Trial {
    /** Steps between two looks at the clock, so that looking costs nothing. */
    private static final int BLOCK = 64;

    private static final int PARTS = 10;

    private final OnlinePolicy policy;
    private final RewardedStream stream;
    private final SplittableRandom votes;
    private final SplittableRandom draws;
    private final ProgressiveMean losses = new ProgressiveMean();
    private final ProgressiveMean rewards = new ProgressiveMean();
    private final ProgressiveMean[] course = new ProgressiveMean[PARTS];
    private double expectedRegret;
    private double uniformRegret;
    private double smallestProbability = 1;

    private Trial(OnlinePolicy policy, RewardedStream stream, long seed) {
        this.policy = policy;
        this.stream = stream;
        SplittableRandom random = new SplittableRandom(seed);
        this.votes = random.split();
        this.draws = random.split();
        Arrays.setAll(course, part -> new ProgressiveMean());
    }

    /**
     * Runs a policy over a whole stream.
     *
     * @param seed of the draws; the same seed gives the same trial
     * @param cpuNanos CPU time that this thread has used, for the cost of a step
     * @param progress is told how many steps are done
     */
    public static TrialResult run(
            OnlinePolicy policy, RewardedStream stream, long seed, LongSupplier cpuNanos, IntConsumer progress) {
        return new Trial(policy, stream, seed).run(cpuNanos, progress);
    }

    private TrialResult run(LongSupplier cpuNanos, IntConsumer progress) {
        int steps = stream.steps();
        long nanos = 0;
        Situation[] situations = new Situation[BLOCK];
        Choice[] choices = new Choice[BLOCK];
        for (int from = 0; from < steps; from += BLOCK) {
            int size = Math.min(BLOCK, steps - from);
            for (int i = 0; i < size; i++) {
                situations[i] = stream.situation(from + i);
            }
            long before = cpuNanos.getAsLong();
            for (int i = 0; i < size; i++) {
                choices[i] = step(situations[i], from + i);
            }
            nanos += cpuNanos.getAsLong() - before;
            for (int i = 0; i < size; i++) {
                account(from + i, situations[i], choices[i]);
            }
            progress.accept(from + size);
        }
        return new TrialResult(
                steps,
                stream.actions().size(),
                stream.features(),
                losses.mean(),
                losses.standardError(),
                rewards.mean(),
                uniformRegret > 0 ? 100 * expectedRegret / uniformRegret : 0,
                smallestProbability,
                Arrays.stream(course)
                        .filter(part -> part.count() > 0)
                        .map(ProgressiveMean::mean)
                        .toList(),
                nanos / 1e3 / steps);
    }

    private Choice step(Situation situation, int step) {
        Distribution distribution = policy.decide(situation, votes);
        Choice choice = distribution.choose(draws.nextDouble());
        policy.learn(situation, choice, stream.reward(step, choice.action()));
        return choice;
    }

    private void account(int step, Situation situation, Choice choice) {
        double best = Double.NEGATIVE_INFINITY;
        double bestExpected = Double.NEGATIVE_INFINITY;
        double uniform = 0;
        for (int i = 0; i < situation.size(); i++) {
            best = Math.max(best, stream.reward(step, i));
            double expected = stream.expectedReward(step, i);
            bestExpected = Math.max(bestExpected, expected);
            uniform += expected / situation.size();
        }
        double reward = stream.reward(step, choice.action());
        losses.add(best - reward);
        course[(int) ((long) step * PARTS / stream.steps())].add(best - reward);
        rewards.add(reward);
        expectedRegret += bestExpected - stream.expectedReward(step, choice.action());
        uniformRegret += bestExpected - uniform;
        smallestProbability = Math.min(smallestProbability, choice.probability());
    }
}
