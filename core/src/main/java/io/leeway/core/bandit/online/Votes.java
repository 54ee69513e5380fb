package io.leeway.core.bandit.online;

/** Counting votes. */
final class Votes {
    private Votes() {}

    /** Adds a vote of the given weight to the best action, shared among ties. */
    static void add(double[] scores, double weight, double[] shares) {
        double best = Double.NEGATIVE_INFINITY;
        int ties = 0;
        for (int i = 0; i < shares.length; i++) {
            if (scores[i] > best) {
                best = scores[i];
                ties = 1;
            } else if (scores[i] == best) {
                ties++;
            }
        }
        for (int i = 0; i < shares.length; i++) {
            if (scores[i] == best) {
                shares[i] += weight / ties;
            }
        }
    }
}
