package io.leeway.core.bandit.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.bandit.Choice;
import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;
import io.leeway.core.testing.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SeededRandom.class)
class RidgeScorersTest {
    @Test
    void aNewActionStartsAtTheMeanOfTheOthers(Random random) {
        DisjointRidge ridge = new DisjointRidge(RidgeOptions.defaults());
        for (int i = 0; i < 2000; i++) {
            double x = random.nextGaussian();
            Situation situation = Situation.of(SparseVector.dense(x), List.of("a", "b"));
            int action = random.nextInt(2);
            ridge.learn(situation, new Choice(action, 0.5), action == 0 ? 3 + x : 5 - 2 * x);
        }
        double[] means = new double[2];
        double[] deviations = new double[2];
        ridge.scoreAndDeviation(Situation.of(SparseVector.dense(0.5), List.of("new", "a")), means, deviations);
        assertThat(means[0]).isCloseTo((3.5 + 4) / 2, within(0.05));
        assertThat(means[1]).isCloseTo(3.5, within(0.05));
        assertThat(deviations[0]).isGreaterThan(10 * deviations[1]);
    }

    @Test
    void theSharedFormPredictsActionsNeverTriedFromTheirFeatures(Random random) {
        SharedRidge ridge = new SharedRidge(RidgeOptions.defaults());
        for (int i = 0; i < 1500; i++) {
            double x = random.nextGaussian();
            int size = List.of(0, 1, 3).get(random.nextInt(3));
            ridge.learn(situation(x, List.of(size)), new Choice(0, 1), 1 + x * size);
        }
        double[] scores = new double[2];
        ridge.score(situation(2, List.of(2, 1)), scores);
        // The first rows stood in other standards: not exact, but nearer than to another size's 3 and 7.
        assertThat(scores[0]).isCloseTo(5, within(0.9));
        assertThat(scores[1]).isCloseTo(3, within(0.9));
    }

    @Test
    void aBatchIsItsFeedbacksOneByOne(Random random) {
        OnlinePolicy batch = OnlinePolicies.of("linucb", Map.of());
        OnlinePolicy online = OnlinePolicies.of("linucb", Map.of());
        List<Feedback> feedbacks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Situation situation = Worlds.situation(random, Worlds.IDS);
            Choice choice = new Choice(random.nextInt(5), 0.2);
            double reward = Worlds.reward(situation, choice.action(), random);
            feedbacks.add(new Feedback(situation, choice, reward));
            online.learn(situation, choice, reward);
        }
        batch.learn(feedbacks);
        Situation situation = Worlds.situation(random, Worlds.IDS);
        assertThat(batch.decide(situation, random)).isEqualTo(online.decide(situation, random));
    }

    @Test
    void forgettingFollowsAWorldThatChanges(Random random) {
        DisjointRidge forgets = new DisjointRidge(new RidgeOptions(1, 0.99, true, true, 64));
        for (int i = 0; i < 2000; i++) {
            Situation situation = Situation.of(SparseVector.dense(random.nextGaussian()), List.of("a"));
            double sign = i < 1500 ? 1 : -1;
            forgets.learn(
                    situation, new Choice(0, 1), sign * situation.context().value(0));
        }
        double[] scores = new double[1];
        forgets.score(Situation.of(SparseVector.dense(1), List.of("a")), scores);
        assertThat(scores[0]).isCloseTo(-1, within(0.1));
    }

    private static Situation situation(double x, List<Integer> sizes) {
        return new Situation(
                SparseVector.dense(x),
                sizes.stream().map(size -> "size" + size).toList(),
                sizes.stream()
                        .map(size -> new SparseVector.Builder(1)
                                .namespace(9)
                                .number(500, size)
                                .build())
                        .toList());
    }
}
