package io.leeway.core.bandit.expert;

import io.leeway.core.bandit.Memento;

/**
 * Predicts the reward of every arm from one row of standardised columns and learns from each feedback once. Deterministic:
 * the same calls and the same seed give the same predictions. Not thread-safe. Memory is bounded.
 *
 * <p>Columns are standardised with statistics that stay fixed from one {@link #refit} to the next. Rewards are scaled so
 * that most of them lie in [0, 1], and are finite; they need not be 0 or 1.
 */
public interface Expert {
    /**
     * Writes the predicted mean reward of every arm, finite; allocates nothing once warm.
     *
     * @param columns standardised, finite
     * @param rewards one place per arm known so far; the number of arms may grow from call to call, never shrink
     */
    void predict(double[] columns, double[] rewards);

    /**
     * Learns that {@code arm} brought {@code reward} where it was chosen with {@code probability}.
     *
     * @param arm in [0, arms of the latest prediction)
     */
    void learn(double[] columns, int arm, double reward, double probability);

    /**
     * Called at growing intervals (the number of feedbacks grows by a constant factor) with what is remembered,
     * standardised as of now: what was learnt under the former standardisation is to be learnt anew from it. The latest
     * feedback has been learnt already.
     */
    void refit(Replay replay);

    /**
     * What predicts now, to be served without what learns.
     *
     * @param arms how many are served
     */
    PartExport export(int arms);

    /** Writes what {@link #refit} does not bring back, or reads it; a refit follows. */
    void exchange(Memento state);
}
