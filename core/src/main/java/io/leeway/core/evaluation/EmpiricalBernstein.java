package io.leeway.core.evaluation;

/**
 * Empirical Bernstein interval of the mean of independent values within bounds; holds at every number of values.
 *
 * @see "Maurer and Pontil, Empirical Bernstein bounds and sample variance penalization, COLT 2009, theorem 4"
 */
final class EmpiricalBernstein {
    private EmpiricalBernstein() {}

    /** @param width of the range that holds every value */
    static Interval interval(double[] values, double width, double alpha) {
        RowTerms terms = RowTerms.of(values);
        int rows = values.length;
        double log = Math.log(4 / alpha); // two sides
        double half = Math.sqrt(2 * log) * terms.standardError() + 7 * width * log / (3.0 * (rows - 1));
        return new Interval(terms.mean() - half, terms.mean() + half);
    }
}
