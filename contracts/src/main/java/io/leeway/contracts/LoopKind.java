package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a loop decides. */
public enum LoopKind {
    /** Choose among actions. */
    @JsonProperty("bandit")
    BANDIT,
    /** Predict a number. */
    @JsonProperty("regression")
    REGRESSION,
    /** Choose in episodes of several steps. */
    @JsonProperty("mdp")
    MDP
}
