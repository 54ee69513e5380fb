package io.leeway.simulator.traffic;

import java.util.Arrays;
import java.util.Collection;

/**
 * How long answers took, in milliseconds; zeros when there were none.
 *
 * @param p50 median
 * @param p99 99th percentile
 * @param max longest
 */
public record Latency(double p50, double p99, double max) {

    public static Latency of(Collection<? extends Account> accounts) {
        long[] micros = accounts.stream()
                .filter(Account::answered)
                .mapToLong(Account::latencyMicros)
                .sorted()
                .toArray();
        return micros.length == 0
                ? new Latency(0, 0, 0)
                : new Latency(
                        at(micros, 0.5),
                        at(micros, 0.99),
                        Arrays.stream(micros).max().orElseThrow() / 1e3);
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) Math.floor(quantile * sorted.length))] / 1e3;
    }
}
