package io.leeway.cli.bench;

import java.util.List;
import java.util.Map;

/**
 * What an ingest benchmark found.
 *
 * @param ratioToBaseline events per second of the whole path over those of the bare inserts of the same rows
 * @param eventsPerSecond decisions with their rewards, sent, joined and stored
 * @param baselineEventsPerSecond the same rows by bare inserts
 * @param rowsPerEvent rows over all tables
 * @param cpuMicros of CPU per event, by process
 * @param delay from the end of the wait until the feedback can be read, milliseconds
 * @param memory over the long run; absent without one
 * @param restart after a kill; absent without one
 */
record IngestResult(
        double ratioToBaseline,
        double eventsPerSecond,
        double baselineEventsPerSecond,
        double rowsPerSecond,
        double baselineRowsPerSecond,
        double rowsPerEvent,
        long events,
        List<String> tables,
        Cpu cpuMicros,
        Delay delay,
        Memory memory,
        Restart restart,
        double loadBefore,
        double loadAfter,
        String java,
        int processors) {

    /** Microseconds of CPU for each event. */
    record Cpu(double logger, double broker, double database, double producer) {}

    /**
     * At a constant rate.
     *
     * @param percentUpTo how many were at most so many milliseconds
     */
    record Delay(
            double eventsPerSecond,
            long events,
            double p50,
            double p90,
            double p99,
            double max,
            Map<Integer, Double> percentUpTo) {}

    /**
     * Megabytes at a constant rate: of the logger's process, and of what lives on its heap after a full collection. Slopes are per
     * minute, over the second half.
     */
    record Memory(
            double minutes,
            double eventsPerSecond,
            long events,
            double residentFirst,
            double residentLast,
            double residentMost,
            double residentSlope,
            double heapFirst,
            double heapLast,
            double heapSlope,
            List<Double> residentEveryTenSeconds,
            List<Double> heapEveryMinute) {}

    /**
     * @param sentMeanwhile decisions made while it was away and coming back
     * @param readySeconds from the kill until the service says that it is ready
     * @param runningSeconds from the kill until the first decision made after it has been joined and stored
     * @param caughtUpSeconds from the kill until all decisions made before it was ready have been
     */
    record Restart(long open, long sentMeanwhile, double readySeconds, double runningSeconds, double caughtUpSeconds) {}
}
