package io.leeway.core.promotion.study;

/**
 * The size of a study.
 *
 * @param candidates at least; each world has one of every kind, so that a multiple is drawn
 * @param rows that each candidate has, a fifth of them held out
 * @param liveEvents horizon of a canary
 * @param canaryShare of the decisions, in (0, 0.5]
 * @param tolerance loss that is put up with, share of the champion's value
 * @param effect gain in units of the reward (range 1) from which a promotion counts as right
 */
public record StudySettings(
        int candidates, int rows, int liveEvents, double canaryShare, double tolerance, double effect) {
    public static final StudySettings DEFAULT = new StudySettings(1000, 4000, 4000, 0.3, 0.02, 0.05);

    public StudySettings {
        if (candidates < 1 || rows < 100 || liveEvents < 1) {
            throw new IllegalArgumentException("must be candidates >= 1, rows >= 100 and liveEvents >= 1: candidates="
                    + candidates + " rows=" + rows + " liveEvents=" + liveEvents);
        }
    }

    public StudySettings withCandidates(int number) {
        return new StudySettings(number, rows, liveEvents, canaryShare, tolerance, effect);
    }
}
