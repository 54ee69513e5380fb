package io.leeway.core.logs;

import io.leeway.core.evaluation.LoggedRows;
import java.util.Arrays;

/** What a replay keeps of each decision: {@link #COLUMNS} numbers. Not thread-safe. */
final class ReplayedColumns {
    private static final int REWARD = 0;
    private static final int PSCORE = 1;
    private static final int PI_E = 2;
    private static final int Q_A = 3;
    private static final int Q_PI = 4;
    private static final int Q_LOGGED = 5;
    private static final int MEAN = 6;
    private static final int REPRESENTS = 7;
    private static final int COLUMNS = 8;

    private final double[][] columns = new double[COLUMNS][1024];
    private int size;

    /**
     * @param qLogged the predictions' mean under the logging policy; NaN where its probabilities are not known
     * @param mean of the rewards before
     */
    void add(
            double reward,
            double pscore,
            double piE,
            double qA,
            double qPi,
            double qLogged,
            double mean,
            double represents) {
        if (size == columns[0].length) {
            for (int c = 0; c < COLUMNS; c++) {
                columns[c] = Arrays.copyOf(columns[c], 2 * size);
            }
        }
        double[] values = {reward, pscore, piE, qA, qPi, qLogged, mean, represents};
        for (int c = 0; c < COLUMNS; c++) {
            columns[c][size] = values[c];
        }
        size++;
    }

    int size() {
        return size;
    }

    double reward(int i) {
        return columns[REWARD][i];
    }

    double weight(int i) {
        return columns[PI_E][i] / columns[PSCORE][i];
    }

    double represents(int i) {
        return columns[REPRESENTS][i];
    }

    /** The prediction that is taken off the reward of the logged action; one for all actions where the log is not complete. */
    double control(int i) {
        return Double.isNaN(columns[Q_LOGGED][i]) ? columns[MEAN][i] : columns[Q_A][i];
    }

    /** The mean prediction under the policy minus that under the logging policy; 0 where the log is not complete. */
    double predictedGain(int i) {
        return Double.isNaN(columns[Q_LOGGED][i]) ? 0 : columns[Q_PI][i] - columns[Q_LOGGED][i];
    }

    LoggedRows rows() {
        return LoggedRows.of(cut(REWARD), cut(PSCORE), cut(PI_E), cut(Q_A), cut(Q_PI));
    }

    private double[] cut(int column) {
        return Arrays.copyOf(columns[column], size);
    }
}
