package io.leeway.core.model;

/** A scorer that may know how uncertain its predictions are. Thread-safe. */
public interface UncertainScorer extends HashedScorer {
    /** The same as draws from its posterior, the same ones each time; a single one where the model came without a posterior. */
    SampledScorer sampled();
}
