package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** An easy world, to see whether a policy that met wild numbers still learns. */
final class Recovery {
    private Recovery() {}

    /** Policies that do not look at the context. */
    static final Set<String> BLIND = Set.of("exp3");

    /** The share of the better of two actions, which pays 9 times in 10 and the other once, in the last 500 of 4000 feedbacks. */
    static double blindRate(OnlinePolicy policy, Random random) {
        int right = 0;
        for (int i = 0; i < 4000; i++) {
            Situation situation = Situation.of(SparseVector.EMPTY, List.of("a", "b"));
            Choice choice = policy.decide(situation, random).choose(random.nextDouble());
            right += i >= 3500 ? choice.action() : 0;
            policy.learn(situation, choice, random.nextDouble() < (choice.action() == 1 ? 0.9 : 0.1) ? 1 : 0);
        }
        return right / 500.0;
    }

    /** The share of right choices in the last 500 of 4000 feedbacks with two actions; chance is one half. */
    static double rate(OnlinePolicy policy, Random random) {
        int right = 0;
        for (int i = 0; i < 4000; i++) {
            double x = random.nextGaussian();
            Situation situation = Situation.of(
                    new SparseVector.Builder(2)
                            .number(0, x)
                            .number(1, random.nextGaussian())
                            .build(),
                    List.of("a", "b"));
            Choice choice = policy.decide(situation, random).choose(random.nextDouble());
            boolean paid = (choice.action() == 1) == (x > 0);
            right += i >= 3500 && paid ? 1 : 0;
            policy.learn(situation, choice, paid ? 1 : 0);
        }
        return right / 500.0;
    }
}
