package io.leeway.core.evaluation;

/**
 * How much better a challenger is than a champion on the same logged rows: the mean difference of their row terms with a normal
 * interval. Pairing takes out what both share, so that it sees smaller differences than two separate estimates.
 *
 * @param difference challenger minus champion, in units of reward
 * @param smallerEffectiveSampleSize the smaller of the two policies' effective sample sizes
 */
public record PairedComparison(
        double difference,
        double standardError,
        double lower,
        double upper,
        double confidence,
        double smallerEffectiveSampleSize,
        int rows) {

    /**
     * Compares two policies by doubly robust terms, or by w r where the rows have no reward model.
     *
     * @param champion the rows with the champion's piE (and qPi)
     * @param challenger the same rows with the challenger's; rewards and pscores must be equal
     * @param confidence in (0, 1), such as 0.95
     * @throws InsufficientSupportException if either policy has less than the minimum
     */
    public static PairedComparison of(LoggedRows champion, LoggedRows challenger, double confidence, Minimum minimum) {
        requireSameRows(champion, challenger);
        minimum.require(champion);
        minimum.require(challenger);
        boolean modelled = champion.hasRewardModel() && challenger.hasRewardModel();
        RowTerms terms = RowTerms.of(champion.size(), i -> term(challenger, i, modelled) - term(champion, i, modelled));
        return new PairedComparison(
                terms.mean(),
                terms.standardError(),
                terms.lower(confidence),
                terms.upper(confidence),
                confidence,
                Math.min(champion.effectiveSampleSize(), challenger.effectiveSampleSize()),
                champion.size());
    }

    /** True if the whole interval lies above {@code margin} (negative margin: not worse by more than its size). */
    public boolean isBetterBy(double margin) {
        return lower > margin;
    }

    private static double term(LoggedRows rows, int i, boolean modelled) {
        return modelled ? DoublyRobust.term(rows, i) : rows.weight(i) * rows.reward(i);
    }

    private static void requireSameRows(LoggedRows champion, LoggedRows challenger) {
        if (champion.size() != challenger.size()) {
            throw new IllegalArgumentException(
                    "must be the same rows: champion=" + champion.size() + " challenger=" + challenger.size());
        }
        for (int i = 0; i < champion.size(); i++) {
            if (champion.reward(i) != challenger.reward(i) || champion.pscore(i) != challenger.pscore(i)) {
                throw new IllegalArgumentException("must be the same rows: first difference in row=" + i);
            }
        }
    }
}
