package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who chooses in a loop. */
public enum ServingMode {
    /** The policy chooses, and learns from rewards. */
    @JsonProperty("online")
    ONLINE("online"),
    /** The baseline action is answered; models learn to imitate it, and are compared with it. */
    @JsonProperty("apprentice")
    APPRENTICE("apprentice"),
    /** The baseline action is answered and logged; no model is asked. */
    @JsonProperty("loggingOnly")
    LOGGING_ONLY("loggingOnly");

    private final String word;

    ServingMode(String word) {
        this.word = word;
    }

    /** As in JSON, and as the policy of a decision that was made in this mode. */
    public String word() {
        return word;
    }

    /** Whether a decision was the baseline's and not a policy's: its labels are imitation, whatever its rewards. */
    public static boolean isBaseline(String policy) {
        return APPRENTICE.word.equals(policy) || LOGGING_ONLY.word.equals(policy);
    }
}
