package io.leeway.prediction;

import io.leeway.core.bandit.Policy;

/**
 * A policy with the names under which its decisions are logged: one object, so that a probability can never be logged under
 * another model's version. Immutable and thread safe.
 *
 * @param word exploration rule, or none in a regression loop
 * @param modelVersion 0 without a model
 * @param checkpoint of that version, as VERSION+FEEDBACKS; null for the version itself
 */
public record ServingPolicy(String word, long modelVersion, String checkpoint, Policy policy) {
    public static final String UNIFORM = "uniform";
    public static final String NONE = "none";
    public static final String FROZEN = "frozen";

    public ServingPolicy(String word, long modelVersion, Policy policy) {
        this(word, modelVersion, null, policy);
    }
}
