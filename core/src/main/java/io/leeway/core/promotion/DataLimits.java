package io.leeway.core.promotion;

/**
 * What the data gate asks for.
 *
 * @param rows fewest rows
 * @param effectiveSampleSize fewest of a policy that takes all actions alike (bandit loops)
 * @param dayShare most that one day may have of the rows, where they span a week or more, in (0, 1]
 * @param actionShare most that one action may have of the rows, in (0, 1] (bandit loops)
 */
public record DataLimits(int rows, double effectiveSampleSize, double dayShare, double actionShare) {
    public DataLimits {
        if (rows < 1 || !(effectiveSampleSize >= 0)) {
            throw new IllegalArgumentException("must be rows >= 1 and effectiveSampleSize >= 0: rows=" + rows
                    + " effectiveSampleSize=" + effectiveSampleSize);
        }
        share("dayShare", dayShare);
        share("actionShare", actionShare);
    }

    public static DataLimits of(int rows, double effectiveSampleSize) {
        return new DataLimits(rows, effectiveSampleSize, 0.8, 0.995);
    }

    private static void share(String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("must be in (0, 1]: " + name + "=" + value);
        }
    }
}
