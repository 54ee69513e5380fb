package io.leeway.prediction.fast;

import io.leeway.core.bandit.Distribution;

/** Puts actions in the order of their probabilities: a merge sort of numbers, because objects to compare cost several times as much. Reused; not thread safe. */
final class Ranking {
    /** Up to here places are put in one by one. */
    private static final int RUN = 24;

    private int[] order = new int[RUN];
    private int[] merged = new int[RUN];
    private double[] keys = new double[RUN];

    /** The most probable first, those alike in their order; more may stand behind them. Until the next call. */
    int[] of(Distribution distribution, int size) {
        if (order.length < size) {
            order = new int[2 * size];
            merged = new int[2 * size];
            keys = new double[2 * size];
        }
        for (int i = 0; i < size; i++) {
            keys[i] = distribution.probability(i);
        }
        for (int from = 0; from < size; from += RUN) {
            insert(from, Math.min(size, from + RUN));
        }
        for (int run = RUN; run < size; run *= 2) {
            for (int from = 0; from < size; from += 2 * run) {
                merge(from, Math.min(size, from + run), Math.min(size, from + 2 * run));
            }
            int[] before = order;
            order = merged;
            merged = before;
        }
        return order;
    }

    private void insert(int from, int to) {
        for (int place = from; place < to; place++) {
            int at = place;
            while (at > from && keys[order[at - 1]] < keys[place]) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = place;
        }
    }

    private void merge(int from, int middle, int to) {
        int left = from;
        int right = middle;
        for (int at = from; at < to; at++) {
            boolean takesRight = left == middle || right < to && keys[order[left]] < keys[order[right]];
            merged[at] = takesRight ? order[right++] : order[left++];
        }
    }
}
