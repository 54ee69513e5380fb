package io.leeway.core.model;

import io.leeway.core.features.FeatureEncoder;
import java.util.List;

/**
 * A scorer that also takes what has been encoded already, for a caller that reads requests straight into columns. The scores are those
 * of {@link Scorer#score} to the last bit. Thread-safe; allocates nothing.
 */
public interface ColumnScorer extends Scorer {
    /** Encodes as this scorer wants it. */
    FeatureEncoder encoder();

    /** Whether {@link #scoreColumns} looks at the ids: in a heads layout. */
    boolean readsIds();

    /**
     * Scores actions of a bandit model.
     *
     * @param context the context's columns, {@code encoder().contextWidth()} of them
     * @param actions the actions' columns, {@code encoder().actionWidth()} of each, one action after the other
     * @param ids the actions' ids, in their order; null if they are not read
     * @param count how many actions
     * @param scores takes the predicted rewards, one for each action
     */
    void scoreColumns(float[] context, float[] actions, List<String> ids, int count, double[] scores);
}
