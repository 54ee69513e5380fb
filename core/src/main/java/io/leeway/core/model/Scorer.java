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

    /** The predicted value with the interval around it, where the model states one. Throws as {@link #predict} does. */
    default Forecast forecast(Map<String, ?> context) {
        return new Forecast(predict(context), Optional.empty());
    }
}
