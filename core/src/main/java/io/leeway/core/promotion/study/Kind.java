package io.leeway.core.promotion.study;

/** What is wrong with a planted candidate, or right. */
public enum Kind {
    /** Trained on what the world is now, after it has changed under the champion. */
    BETTER("trained after the world changed", null),
    /** An honest retraining where nothing has changed. */
    SAME("retrained, nothing changed", null),
    /** Rewards shuffled before training. */
    SHUFFLED("trained on shuffled rewards", "quality"),
    /** One input of the rows is the reward itself with noise; requests do not carry it. */
    LEAKED("trained on leaked future", "data"),
    /** The artifact's columns of two inputs are swapped, as an export with a fault would. */
    BROKEN("a broken feature in the artifact", "serving"),
    /** A hundred inputs of noise, few rows, no penalty. */
    OVERFITTED("overfitted", "quality"),
    /** Trained in another world: a policy that is worse, in all honesty. */
    STALE("trained on another world", "quality");

    private final String words;
    private final String gate;

    Kind(String words, String gate) {
        this.words = words;
        this.gate = gate;
    }

    public String words() {
        return words;
    }

    /** The gate whose business it is; null for honest candidates. */
    public String gate() {
        return gate;
    }
}
