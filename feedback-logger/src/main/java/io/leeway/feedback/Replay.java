package io.leeway.feedback;

import java.util.List;
import java.util.function.LongConsumer;

/** Reads the log from its beginning, in as many steps as wanted. Belongs to one thread. */
public interface Replay extends AutoCloseable {
    /** What the log no longer has, in words; empty where it has everything. */
    List<String> unseen();

    /** How many records, about, there are up to there. */
    long ahead(List<Position> until);

    /**
     * Reads on and lands what it reads.
     *
     * @param until the position of the first record that is not read, by partition
     * @param read told how many records have been read since the last time
     */
    void read(Projection into, List<Position> until, LongConsumer read);

    @Override
    void close();

    /** Where replays come from. */
    interface Source {
        /**
         * @param loop whose records are landed; null for all
         * @param projected the loops that have rows: their records are taken even if the loop has been deleted
         */
        Replay begin(String loop, List<String> projected);
    }
}
