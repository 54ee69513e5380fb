package io.leeway.core.bandit.online;

import io.leeway.core.features.SparseVector;

/** Predicts a number from features and learns from each observation once, as it comes. Deterministic. Not thread-safe. */
public interface OnlineRegressor {
    /** The predicted value, finite. */
    double predict(SparseVector features);

    /** @param observed finite */
    void learn(SparseVector features, double observed);
}
