package io.leeway.cli.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Times of calls in nanoseconds, all of them. Not thread safe. */
final class Latencies {
    private long[] nanos = new long[1 << 14];
    private int count;

    void add(long value) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = value;
    }

    void addAll(Latencies other) {
        for (int i = 0; i < other.count; i++) {
            add(other.nanos[i]);
        }
    }

    int count() {
        return count;
    }

    void sort() {
        Arrays.sort(nanos, 0, count);
    }

    /** In milliseconds, of sorted times; {@code share} in (0, 1]. */
    double quantile(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        return nanos[Math.min(count - 1, (int) Math.ceil(share * count) - 1)] / 1e6;
    }

    /** How many of all are at most as long, in percent, by milliseconds. */
    Map<Integer, Double> sharesUpTo(List<Integer> millis) {
        Map<Integer, Double> shares = new LinkedHashMap<>();
        for (int bound : millis) {
            long upTo = Arrays.stream(nanos, 0, count)
                    .filter(value -> value <= bound * 1_000_000L)
                    .count();
            shares.put(bound, 100.0 * upTo / count);
        }
        return shares;
    }
}
