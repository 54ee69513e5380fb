package io.leeway.core.drift;

/**
 * The alternatives that an {@link EDetector} bets on: shifts of the level up and down by several sizes, and changes of the spread,
 * each with its share of the stake. Small shifts get more of it, since there the evidence comes slowly.
 */
final class Tilts {
    private static final double[] LEVEL = {0.06, 0.09, 0.13, 0.18, 0.25, 0.35, 0.5, 0.7, 1.0, 1.4};
    private static final double[] LEVEL_STAKE = {0.3, 1.5, 5, 3.5, 4, 2, 1, 0.5, 0.3, 0.2};
    private static final double[] SPREAD = {0.2, 0.4, 0.8};
    private static final double[] SPREAD_STAKE = {0.5, 0.4, 0.2};

    private Tilts() {}

    /** How many there are, with and without those of the spread. */
    static int count(boolean spread) {
        return 2 * (LEVEL.length + (spread ? SPREAD.length : 0));
    }

    /** In standard deviations of the score that it tilts: up for even numbers, down for odd ones. */
    static double size(int tilt) {
        int pair = tilt / 2;
        double size = pair < LEVEL.length ? LEVEL[pair] : SPREAD[pair - LEVEL.length];
        return tilt % 2 == 0 ? size : -size;
    }

    static boolean ofSpread(int tilt) {
        return tilt / 2 >= LEVEL.length;
    }

    /** Shares of the stake; they sum to 1. */
    static double[] stakes(boolean spread) {
        double[] stakes = new double[count(spread)];
        double sum = 0;
        for (int tilt = 0; tilt < stakes.length; tilt++) {
            int pair = tilt / 2;
            stakes[tilt] = pair < LEVEL.length ? LEVEL_STAKE[pair] : SPREAD_STAKE[pair - LEVEL.length];
            sum += stakes[tilt];
        }
        for (int tilt = 0; tilt < stakes.length; tilt++) {
            stakes[tilt] /= sum;
        }
        return stakes;
    }
}
