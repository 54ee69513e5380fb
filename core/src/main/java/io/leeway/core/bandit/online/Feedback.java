package io.leeway.core.bandit.online;

import io.leeway.core.bandit.Choice;
import io.leeway.core.features.Situation;

/** One decision and what it brought. Immutable. */
public record Feedback(Situation situation, Choice choice, double reward) {
    public Feedback {
        if (choice.action() >= situation.size()) {
            throw new IllegalArgumentException("must be < " + situation.size() + ": action=" + choice.action());
        }
        if (!Double.isFinite(reward)) {
            throw new IllegalArgumentException("must be finite: reward=" + reward);
        }
    }
}
