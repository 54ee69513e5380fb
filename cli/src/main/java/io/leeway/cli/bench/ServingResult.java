package io.leeway.cli.bench;

import java.util.List;

/**
 * What a serving benchmark found. Latencies in milliseconds; CPU is that of the service's process.
 *
 * @param cpuRatioToBaselineB CPU of a decision of the first size with the linear scorer, over that of a call of baseline B
 * @param cpuRatioOfNetworkToBaselineB the same with the network
 * @param cpuRatioOfHashedLinearToBaselineB the same with what linear-online has learned
 * @param cpuRatioOfAutoToBaselineB the same with what auto has learned
 * @param p99RatioToBaselineB at half of the decisions' saturation, the same rate for both
 * @param swaps what they do to p99
 * @param loadBefore load average of the machine when it began
 */
record ServingResult(
        double cpuRatioToBaselineB,
        double cpuRatioOfNetworkToBaselineB,
        double cpuRatioOfHashedLinearToBaselineB,
        double cpuRatioOfAutoToBaselineB,
        double p99RatioToBaselineB,
        Swaps swaps,
        List<Row> rows,
        double decisionsPerCpuSecond,
        double loadBefore,
        double loadAfter,
        String java,
        int processors) {

    /** One thing measured. */
    record Row(
            String what,
            String workload,
            int requestBytes,
            double perSecond,
            double cpuMicros,
            double allocatedBytes,
            double p50,
            double p99,
            double p999,
            double halfPerSecond,
            double halfP50,
            double halfP99,
            double halfP999,
            long failures) {}

    /**
     * Runs with and without model swaps.
     *
     * @param seconds length of each run; one swap in each that has one
     * @param p99Change p99 of a run with a swap over the geometric mean of those of the two runs without in its round, less 1
     * @param p99Noise p99 of one run without over that of the other, less 1
     */
    record Swaps(int count, long failures, double seconds, Change p99Change, Change p99Noise) {}

    /** A median with its interval of 95 %. */
    record Change(double median, double low, double high) {}
}
