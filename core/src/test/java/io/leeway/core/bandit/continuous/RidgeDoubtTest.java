package io.leeway.core.bandit.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.bandit.Distribution;
import io.leeway.core.bandit.Exploration;
import io.leeway.core.bandit.Policy;
import io.leeway.core.bandit.online.DisjointRidge;
import io.leeway.core.bandit.online.RidgeOptions;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.features.Situation;
import io.leeway.core.model.SampledScorer;
import io.leeway.core.model.Scorers;
import io.leeway.core.model.UncertainScorer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A served ridge regression doubts as the learner does. */
class RidgeDoubtTest {
    @Test
    void drawsHaveTheLearnersMeanAndATenthOfItsDeviation() {
        DisjointRidge ridge = new DisjointRidge(RidgeOptions.defaults());
        ContinuousWorld world = teach(ridge, 400);
        UncertainScorer scorer = (UncertainScorer) Scorers.of(ContinuousWorld.artifact(ridge.export(), false));
        for (int i = 0; i < 50; i++) {
            ContinuousWorld.Request request = world.request();
            Situation situation = new HashedEncoder().encode(request.context(), request.actions());
            double[] means = new double[4];
            double[] deviations = new double[4];
            ridge.scoreAndDeviation(situation, means, deviations);
            double[][] samples = scorer.sampled().samples(request.context(), request.actions());
            assertThat(SampledScorer.means(samples)).containsExactly(means, within(1e-5));
            for (int a = 0; a < 4; a++) {
                double squares = 0;
                for (double[] sample : samples) {
                    squares += (sample[a] - means[a]) * (sample[a] - means[a]) / samples.length;
                }
                // 64 quantiles of a normal distribution have a deviation of 0.985.
                assertThat(Math.sqrt(squares)).isCloseTo(0.0985 * deviations[a], within(0.001 * deviations[a]));
            }
        }
    }

    @Test
    void doubtExploresLessTheMoreIsKnown() {
        assertThat(leastProbability(20)).isGreaterThan(leastProbability(4000) + 0.02);
    }

    private static double leastProbability(int feedbacks) {
        DisjointRidge ridge = new DisjointRidge(RidgeOptions.defaults());
        ContinuousWorld world = teach(ridge, feedbacks);
        Policy thompson = new Policy(
                Scorers.of(ContinuousWorld.artifact(ridge.export(), false)), Exploration.of("thompson", Map.of()), 0);
        double sum = 0;
        for (int i = 0; i < 100; i++) {
            ContinuousWorld.Request request = world.request();
            Distribution distribution = thompson.distribution(request.context(), request.actions());
            double least = 1;
            for (int a = 0; a < distribution.size(); a++) {
                least = Math.min(least, distribution.probability(a));
            }
            sum += least;
        }
        return sum / 100;
    }

    private static ContinuousWorld teach(DisjointRidge ridge, int feedbacks) {
        ContinuousWorld world = new ContinuousWorld(9, false);
        world.teach(
                new ContinuousLearner() {
                    @Override
                    public double[] score(Situation situation) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void learn(Situation situation, io.leeway.core.bandit.Choice choice, double reward) {
                        ridge.learn(situation, choice, reward);
                    }

                    @Override
                    public io.leeway.core.model.Export export() {
                        return ridge.export();
                    }

                    @Override
                    public void exchange(io.leeway.core.bandit.Memento state) {
                        ridge.exchange(state);
                    }
                },
                feedbacks,
                false);
        return world;
    }
}
