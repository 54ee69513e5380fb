package io.leeway.core.bandit.expert;

/** What a non-linear expert supposes about rewards. */
public enum Head {
    /**
     * One arm wins (reward 1), the others bring nothing: a success tells about every arm. Rewards between 0 and 1 count as
     * shares of a success; others are bounded to that range.
     */
    ONE_WINNER,
    /** Each arm has its own mean reward, of any size; a feedback tells about its arm only. */
    MEANS
}
