package io.leeway.core.evaluation;

/** The shares of the capital that are bet side by side; a mixture needs no tuning and nearly wins what the best of them wins. */
final class Bets {
    static final int COUNT = 16;

    private static final double LARGEST = 0.9;

    private Bets() {}

    /** In (0, 1), each half of the one before. */
    static double share(int bet) {
        return LARGEST * Math.pow(0.5, bet);
    }

    static double logOfMixture(double[] logs) {
        return MeanSequence.logSum(logs) - Math.log(COUNT);
    }
}
