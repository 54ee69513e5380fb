package io.leeway.core.bandit;

/** What the exploration rules need of scores. */
final class Scores {
    private Scores() {}

    /** The largest score; refuses no scores and scores that are not finite. */
    static double best(double[] scores) {
        if (scores.length == 0) {
            throw new IllegalArgumentException("must be >= 1: actions=0");
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isFinite(scores[i])) {
                throw new IllegalArgumentException("must be finite: scores[" + i + "]=" + scores[i]);
            }
            best = Math.max(best, scores[i]);
        }
        return best;
    }
}
