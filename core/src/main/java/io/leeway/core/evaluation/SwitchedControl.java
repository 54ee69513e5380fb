package io.leeway.core.evaluation;

/**
 * Predictions that make the terms of a paired comparison vary less and keep them bounded on the side that is bet on: those of a reward
 * model for actions of which the challenger's weight is small, and the end of the reward range for the others. As the predictions may be
 * anything that is a function of context and action, the mean of the terms stays the difference.
 *
 * @param lowQ for the logged action, on the side that shows the challenger better
 * @param lowDifference mean under the challenger minus that under the reference
 * @param highQ for the logged action, on the other side
 * @param highDifference its difference of means
 * @see "Wang, Agarwal and Dudik, Optimal and adaptive off-policy evaluation in contextual bandits, ICML 2017 (switching by weight)"
 */
public record SwitchedControl(double lowQ, double lowDifference, double highQ, double highDifference) {
    private static final double LEAST = 4;

    /** Up to this weight of the challenger the reward model's prediction is used. */
    static double mostWeight(double referenceWeight) {
        return Math.max(LEAST, referenceWeight);
    }

    /**
     * The control of one event.
     *
     * @param challenger probabilities of the actions that the logging policy supported
     * @param reference probabilities of the same actions
     * @param logged probabilities with which they were logged, each above 0
     * @param predicted rewards, cut to the range
     * @param taken index of the logged action
     * @param referenceWeight bound of the reference's weights
     */
    public static SwitchedControl of(
            double[] challenger,
            double[] reference,
            double[] logged,
            double[] predicted,
            int taken,
            double referenceWeight,
            RewardRange range) {
        double most = mostWeight(referenceWeight);
        double low = 0;
        double high = 0;
        double lowTaken = 0;
        double highTaken = 0;
        for (int action = 0; action < challenger.length; action++) {
            boolean small = challenger[action] <= most * logged[action];
            double q = range.clip(predicted[action]);
            double lowQ = small ? q : range.min();
            double highQ = small ? q : range.max();
            double gap = challenger[action] - reference[action];
            low += gap * lowQ;
            high += gap * highQ;
            if (action == taken) {
                lowTaken = lowQ;
                highTaken = highQ;
            }
        }
        double width = range.width();
        return new SwitchedControl(lowTaken, within(low, width), highTaken, within(high, width));
    }

    /** Differs from the value by rounding only: both policies' probabilities sum to 1. */
    private static double within(double difference, double width) {
        return Math.max(-width, Math.min(width, difference));
    }
}
