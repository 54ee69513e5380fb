package io.leeway.core.bandit.expert;

/** The latest feedbacks, oldest first, their columns standardised by one set of statistics. A view: valid until the call returns. */
public interface Replay {
    int size();

    /** The number of arms known so far. */
    int arms();

    /** The number of columns. */
    int width();

    /** Writes the standardised columns of feedback {@code i}. */
    void columns(int i, double[] into);

    int arm(int i);

    double reward(int i);

    /** The probability with which the arm was chosen. */
    double probability(int i);
}
