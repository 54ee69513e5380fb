package io.leeway.core.evaluation;

/**
 * Logged decisions as off-policy evaluation needs them. Owns copies of its columns. Immutable.
 *
 * <p>{@code pscore}: probability with which the logged action was taken, in (0, 1]. {@code piE}: probability that the policy to
 * evaluate gives the same action, in [0, 1]. Optionally a reward model's prediction for the logged action ({@code qA}) and its
 * mean under the policy to evaluate ({@code qPi}); both or none.
 */
public final class LoggedRows {
    private final double[] reward;
    private final double[] pscore;
    private final double[] piE;
    private final double[] qA;
    private final double[] qPi;

    private LoggedRows(double[] reward, double[] pscore, double[] piE, double[] qA, double[] qPi) {
        this.reward = reward;
        this.pscore = pscore;
        this.piE = piE;
        this.qA = qA;
        this.qPi = qPi;
    }

    /** Rows without a reward model. */
    public static LoggedRows of(double[] reward, double[] pscore, double[] piE) {
        return of(reward, pscore, piE, null, null);
    }

    /** Rows with a reward model, unless {@code qA} and {@code qPi} are null. */
    public static LoggedRows of(double[] reward, double[] pscore, double[] piE, double[] qA, double[] qPi) {
        if ((qA == null) != (qPi == null)) {
            throw new IllegalArgumentException("must be given together: qA and qPi");
        }
        int rows = reward.length;
        requireLength("pscore", pscore, rows);
        requireLength("piE", piE, rows);
        if (qA != null) {
            requireLength("qA", qA, rows);
            requireLength("qPi", qPi, rows);
        }
        for (int i = 0; i < rows; i++) {
            requireFinite("reward", reward[i], i);
            if (!(pscore[i] > 0 && pscore[i] <= 1)) {
                throw new IllegalArgumentException("must be in (0, 1]: pscore=" + pscore[i] + " row=" + i);
            }
            if (!(piE[i] >= 0 && piE[i] <= 1)) {
                throw new IllegalArgumentException("must be in [0, 1]: piE=" + piE[i] + " row=" + i);
            }
            if (qA != null) {
                requireFinite("qA", qA[i], i);
                requireFinite("qPi", qPi[i], i);
            }
        }
        return new LoggedRows(
                reward.clone(),
                pscore.clone(),
                piE.clone(),
                qA == null ? null : qA.clone(),
                qPi == null ? null : qPi.clone());
    }

    public int size() {
        return reward.length;
    }

    public boolean hasRewardModel() {
        return qA != null;
    }

    public double reward(int row) {
        return reward[row];
    }

    public double pscore(int row) {
        return pscore[row];
    }

    public double piE(int row) {
        return piE[row];
    }

    /** Importance weight piE / pscore. */
    public double weight(int row) {
        return piE[row] / pscore[row];
    }

    public double qA(int row) {
        return requireModel(qA)[row];
    }

    public double qPi(int row) {
        return requireModel(qPi)[row];
    }

    void requireRewardModel() {
        requireModel(qA);
    }

    /** (sum w)^2 / sum w^2, between 0 and the number of rows: how many rows of the policy itself these are worth. */
    public double effectiveSampleSize() {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < size(); i++) {
            sum += weight(i);
            squares += weight(i) * weight(i);
        }
        return squares == 0 ? 0 : sum * sum / squares;
    }

    /** The largest importance weight; 0 without rows. */
    public double maximumWeight() {
        double largest = 0;
        for (int i = 0; i < size(); i++) {
            largest = Math.max(largest, weight(i));
        }
        return largest;
    }

    /** The mean importance weight, which is 1 in expectation where the logs support the policy; 0 without rows. */
    public double meanWeight() {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += weight(i);
        }
        return size() == 0 ? 0 : sum / size();
    }

    private static double[] requireModel(double[] column) {
        if (column == null) {
            throw new IllegalStateException("must have a reward model: columns qA and qPi are absent");
        }
        return column;
    }

    private static void requireLength(String name, double[] column, int rows) {
        if (column.length != rows) {
            throw new IllegalArgumentException("must be " + rows + ": " + name + ".length=" + column.length);
        }
    }

    private static void requireFinite(String name, double value, int row) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("must be finite: " + name + "=" + value + " row=" + row);
        }
    }
}
