package io.leeway.core.model;

import io.leeway.core.features.HashedRow;
import java.util.List;

/**
 * A scorer of hashed features that also takes what has been hashed already, for a caller that reads requests straight into rows. The
 * scores are those of {@link Scorer#score}. Thread-safe; allocates nothing.
 */
public interface HashedScorer extends Scorer {
    /**
     * Scores actions of a bandit model.
     *
     * @param actions the actions' own features, {@code count} of them or more
     * @param ids the actions' ids, in their order
     * @param scores takes the predicted rewards, one for each action
     */
    void scoreRows(HashedRow context, List<HashedRow> actions, List<String> ids, int count, double[] scores);
}
