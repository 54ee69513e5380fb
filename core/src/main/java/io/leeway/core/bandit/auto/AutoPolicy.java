package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Floor;
import io.leeway.core.bandit.LearnedState;
import io.leeway.core.bandit.Memento;
import io.leeway.core.bandit.online.OnlinePolicy;
import io.leeway.core.bandit.online.OnlineScorer;
import io.leeway.core.features.Situation;
import io.leeway.core.model.Export;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * A policy without settings: experts of several kinds predict each action's reward, are averaged by how well they predicted
 * so far, and the action of the highest average plus a small multiple of its posterior deviation is taken, ties split. One
 * decision in a thousand is spread evenly over the eligible actions (the floor). Deterministic: the distribution does not
 * depend on the random generator. Not thread-safe; memory is bounded.
 *
 * @see "Li, Chu, Langford and Schapire, A contextual-bandit approach to personalized news article recommendation, WWW 2010"
 * @see "Bietti, Agarwal and Langford, A Contextual Bandit Bake-off, JMLR 22, 2021"
 */
public final class AutoPolicy implements OnlinePolicy, OnlineScorer, LearnedState {
    /** Share of decisions that is spread evenly. */
    public static final double FLOOR = 0.001;

    private final Floor floor = new Floor(FLOOR);
    private final Combination combination;

    public AutoPolicy() {
        this(Runnable::run);
    }

    /** @param beside may run members' work at the same time; what comes of it is the same, however it does */
    public AutoPolicy(Executor beside) {
        combination = new Combination(beside);
    }

    @Override
    public Distribution decide(Situation situation, RandomGenerator random) {
        double[] scores = combination.optimisticScores(situation);
        double best = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            best = Math.max(best, score);
        }
        double[] probabilities = new double[scores.length];
        int ties = 0;
        for (double score : scores) {
            ties += score == best ? 1 : 0;
        }
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = scores[i] == best ? 1.0 / ties : 0;
        }
        return Distribution.of(floor.apply(probabilities));
    }

    @Override
    public void learn(Situation situation, Choice choice, double reward) {
        if (!Double.isFinite(reward)) {
            throw new IllegalArgumentException("must be finite: reward=" + reward);
        }
        combination.learn(situation, choice, reward);
    }

    @Override
    public void score(Situation situation, double[] scores) {
        double[] means = combination.meanRewards(situation);
        System.arraycopy(means, 0, scores, 0, means.length);
    }

    @Override
    public double score(Situation situation, int action) {
        return combination.meanReward(situation, action);
    }

    /** To be served. What is chosen for it counts from now on; at least one feedback has been learned. */
    @Override
    public Export export() {
        return combination.export();
    }

    /** How its experts stand. */
    public List<ExpertStanding> standings() {
        return combination.standings();
    }

    /** Writes the state, or goes on from it in a new one; trees and ridges are then fitted to what is remembered. */
    @Override
    public void exchange(Memento state) {
        combination.exchange(state);
    }
}
