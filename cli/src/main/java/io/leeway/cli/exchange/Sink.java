package io.leeway.cli.exchange;

import io.leeway.contracts.rest.HistoryLine;

/** Takes what a file of history holds. Lines count from 1; of a Parquet file, rows. */
interface Sink {
    void take(long number, HistoryLine line);

    /** A line that cannot be used, and why. */
    void refuse(long number, String reason);

    /** A deferred decision that nobody activated: it is neither learned from nor evaluated. */
    void notActivated(long number);
}
