package io.leeway.core.drift;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Control of the false discovery rate over many tests: among those called drifted, at most {@code level} are expected to be
 * false. Thread-safe: no state.
 *
 * @see "Benjamini and Hochberg, Controlling the false discovery rate, Journal of the Royal Statistical Society B 57, 1995, 289-300"
 */
public final class BenjaminiHochberg {
    private BenjaminiHochberg() {}

    /** The p-values adjusted, in their order: a test is called at a level if its adjusted p-value is at most that level. */
    public static double[] adjust(double[] pValues) {
        int[] ascending = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[pValues.length];
        double smallest = 1;
        for (int rank = pValues.length; rank >= 1; rank--) {
            int test = ascending[rank - 1];
            if (!(pValues[test] >= 0 && pValues[test] <= 1)) {
                throw new IllegalArgumentException("must be in [0, 1]: pValue=" + pValues[test]);
            }
            smallest = Math.min(smallest, pValues[test] * pValues.length / rank);
            adjusted[test] = smallest;
        }
        return adjusted;
    }
}
