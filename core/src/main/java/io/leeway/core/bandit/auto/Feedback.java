package io.leeway.core.bandit.auto;

import io.leeway.core.features.SparseVector;

/**
 * One remembered feedback.
 *
 * @param arm the arm's place
 * @param reward as it came
 */
record Feedback(
        SparseVector context, SparseVector action, String actionId, int arm, double reward, double probability) {
    int entries() {
        return context.size() + action.size();
    }
}
