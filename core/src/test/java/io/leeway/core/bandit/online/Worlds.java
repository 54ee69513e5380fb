package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Distribution;
import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Small worlds for tests of policies: five actions with features of their own, contexts of numbers and words. */
final class Worlds {
    static final List<String> IDS = List.of("a", "b", "c", "d", "e");

    private Worlds() {}

    /** Eligible actions, at least one, in random order. */
    static List<String> subset(Random random) {
        List<String> ids = new ArrayList<>(IDS);
        Collections.shuffle(ids, random);
        return ids.subList(0, 1 + random.nextInt(IDS.size()));
    }

    static SparseVector context(Random random) {
        SparseVector.Builder builder = new SparseVector.Builder(5);
        for (int i = 0; i < 3; i++) {
            if (random.nextInt(10) > 0) { // else missing
                builder.number(i, 3 + random.nextGaussian() * (1 + 10 * i));
            }
        }
        return builder.indicator(100 + random.nextInt(4)).build();
    }

    static SparseVector action(String id) {
        int number = IDS.indexOf(id);
        return new SparseVector.Builder(2)
                .namespace(77)
                .number(200, number)
                .indicator(210 + number % 2)
                .build();
    }

    static Situation situation(Random random, List<String> ids) {
        return situation(context(random), ids);
    }

    static Situation situation(SparseVector context, List<String> ids) {
        return new Situation(context, ids, ids.stream().map(Worlds::action).toList());
    }

    /** Which action pays depends on the first number's sign around 3 and the word. */
    static double reward(Situation situation, int action, Random random) {
        double first = situation.context().size() > 0 ? situation.context().value(0) : 0;
        int number = IDS.indexOf(situation.actionId(action));
        double mean = (first > 3) == (number % 2 == 0) ? 0.8 - number * 0.1 : 0.1;
        return random.nextDouble() < mean ? 1 : 0;
    }

    /** Draws, rewards, learns. */
    static Choice learn(OnlinePolicy policy, Situation situation, Distribution distribution, Random random) {
        Choice choice = distribution.choose(random.nextDouble());
        policy.learn(situation, choice, reward(situation, choice.action(), random));
        return choice;
    }

    /** A policy after some feedback. */
    static void train(OnlinePolicy policy, int feedbacks, Random random) {
        for (int i = 0; i < feedbacks; i++) {
            Situation situation = situation(random, subset(random));
            learn(policy, situation, policy.decide(situation, random), random);
        }
    }
}
