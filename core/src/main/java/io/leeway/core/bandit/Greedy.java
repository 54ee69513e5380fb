package io.leeway.core.bandit;

/** The best action, shared among ties; nothing else. Carries a floor unless a loop says otherwise in words. */
public record Greedy() implements Exploration {
    private static final EpsilonGreedy RULE = new EpsilonGreedy(0);

    @Override
    public double[] probabilities(double[] scores) {
        return RULE.probabilities(scores);
    }
}
