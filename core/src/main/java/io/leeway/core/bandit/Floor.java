package io.leeway.core.bandit;

/**
 * An exploration floor: every eligible action keeps at least {@code epsilon / K}, by p = (1 - epsilon) p + epsilon / K.
 *
 * @param epsilon in [0, 1]
 */
public record Floor(double epsilon) {
    public static final Floor NONE = new Floor(0);

    public Floor {
        if (!(epsilon >= 0 && epsilon <= 1)) {
            throw new IllegalArgumentException("must be in [0, 1]: floor=" + epsilon);
        }
    }

    /** The floored probabilities, as a new array. */
    public double[] apply(double[] probabilities) {
        double[] floored = new double[probabilities.length];
        for (int i = 0; i < floored.length; i++) {
            floored[i] = (1 - epsilon) * probabilities[i] + epsilon / floored.length;
        }
        return floored;
    }
}
