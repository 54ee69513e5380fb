package io.leeway.simulator.traffic;

import java.time.Instant;

/** What became of one request; the common part of every account that is kept. */
public sealed interface Account permits DecisionAccount, PredictionAccount {

    /** Position in the traffic, from 0. */
    long moment();

    String phase();

    String eventId();

    /** When it was asked. */
    Instant asked();

    /** From asking to the answer, in microseconds. */
    long latencyMicros();

    /** Version of the model that answered; 0 without a model or without an answer. */
    long modelVersion();

    Fate fate();

    /** What went wrong, in words; empty when nothing did. */
    String failure();

    /** How far a request came. */
    enum Fate {
        /** Answered, and its reward taken. */
        DONE,
        /** Answered, but the reward was not taken. */
        REWARD_FAILED,
        /** Answered with something that cannot be: another action than offered, probabilities that do not add up. */
        INVALID,
        /** Not answered, or with an error. */
        FAILED
    }

    default boolean answered() {
        return fate() == Fate.DONE || fate() == Fate.REWARD_FAILED;
    }
}
