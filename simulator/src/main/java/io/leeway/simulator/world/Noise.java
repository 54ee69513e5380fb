package io.leeway.simulator.world;

import io.leeway.contracts.RewardRange;
import java.util.SplittableRandom;

/**
 * Randomness as a function of numbers: the same parts give the same stream, whoever asks and in whatever order. That is
 * what keeps simulated traffic the same when several threads drive it.
 */
public final class Noise {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Noise() {}

    /** A generator that depends on the parts alone. */
    public static SplittableRandom of(long... parts) {
        long hash = GOLDEN;
        for (long part : parts) {
            hash = mix(hash ^ mix(part + GOLDEN));
        }
        return new SplittableRandom(hash);
    }

    /** A standard normal number; unlike {@code Random.nextGaussian} the same on every Java version. */
    public static double gaussian(SplittableRandom random) {
        double u = 1 - random.nextDouble();
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /**
     * A noisy reward within the range whose mean is exactly {@code expected}: the noise is cut off at the same distance on
     * both sides, so that keeping within the range does not move the mean.
     */
    static double within(RewardRange range, double expected, double noise) {
        double room = Math.min(expected - range.min(), range.max() - expected);
        // Clipped once more because adding the room can round past the bound.
        return range.clip(expected + Math.min(room, Math.max(-room, noise)));
    }

    /** A permutation of 0..size-1 that leaves nothing in its place (size of at least 2): one random cycle. */
    public static int[] derangement(int size, SplittableRandom random) {
        if (size < 2) {
            throw new IllegalArgumentException("must be >= 2: size=" + size);
        }
        int[] permutation = new int[size];
        for (int i = 0; i < size; i++) {
            permutation[i] = i;
        }
        // Sattolo's algorithm: never swapping an element with itself makes the permutation a single cycle.
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i);
            int kept = permutation[i];
            permutation[i] = permutation[j];
            permutation[j] = kept;
        }
        return permutation;
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
