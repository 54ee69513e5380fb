package io.leeway.core.model;

import io.leeway.core.features.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model as it answers: predicted rewards of actions, or a predicted number. Thread-safe. */
public interface Scorer {
    /**
     * Predicted reward of each action in the given order, all finite. In a heads layout an action that training did not know
     * gets the mean of the heads. Throws IllegalStateException for a regression model.
     */
    double[] score(Map<String, ?> context, List<Action> actions);

    /** Predicted value. Throws IllegalStateException for a bandit model. */
    double predict(Map<String, ?> context);

    /** Intervals around the predictions, where the model states them. */
    default Optional<PredictionInterval> interval() {
        return Optional.empty();
    }
}
