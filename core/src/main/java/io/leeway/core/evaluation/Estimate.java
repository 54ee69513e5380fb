package io.leeway.core.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * An off-policy estimate of a policy's mean reward with its interval and what speaks against it.
 *
 * @param lower of the normal interval, same unit as the reward
 * @param clippedMass share of the total importance weight that clipping cut off, in [0, 1]
 * @param warnings in words; empty if nothing is wrong
 */
public record Estimate(
        String name,
        double value,
        double standardError,
        double lower,
        double upper,
        double effectiveSampleSize,
        double maximumWeight,
        double clippedMass,
        int rows,
        List<String> warnings) {
    public Estimate {
        warnings = List.copyOf(warnings);
        if (!(lower <= value && value <= upper)) {
            throw new IllegalArgumentException(
                    "must be lower <= value <= upper: lower=" + lower + " value=" + value + " upper=" + upper);
        }
    }

    Estimate withWarning(String warning) {
        List<String> more = new ArrayList<>(warnings);
        more.add(warning);
        return new Estimate(
                name, value, standardError, lower, upper, effectiveSampleSize, maximumWeight, clippedMass, rows, more);
    }
}
