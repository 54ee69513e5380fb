package io.leeway.cli.bench;

import java.util.List;

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

    /** At a constant rate. */
    record Delay(double eventsPerSecond, long events, double p50, double p90, double p99, double max) {}

    /** Megabytes of the logger's process, at a constant rate. */
    record Memory(
            double minutes,
            double eventsPerSecond,
            long events,
            double firstQuarter,
            double lastQuarter,
            double most,
            List<Double> everyTenSeconds) {}

    /**
     * @param readySeconds from the kill until the service says that it is ready
     * @param runningSeconds from the kill until a decision made after it has been joined
     */
    record Restart(long open, double readySeconds, double runningSeconds) {}
}
