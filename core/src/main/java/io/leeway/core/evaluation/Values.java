package io.leeway.core.evaluation;

import io.leeway.core.json.JsonObject;

/** What a confidence sequence is about. */
public enum Values {
    /** One policy in a world that stands still: its value is the same at every event. The tighter sequence. */
    CONSTANT,
    /** A policy that learns or a world that moves: the sequence holds the average of the values so far. */
    CHANGING;

    MeanSequence sequence(double scale) {
        return this == CONSTANT ? new BettingSequence() : new BernsteinSequence(scale);
    }

    MeanSequence restore(double scale, JsonObject saved) {
        return this == CONSTANT ? BettingSequence.fromJson(saved) : BernsteinSequence.fromJson(scale, saved);
    }
}
