package io.leeway.simulator.dataset;

import java.io.IOException;
import java.util.List;

/** Reads the rows of one file, once, in order. */
public interface RowReader {
    /** What the file says of a column: its name, and its kind where the format declares kinds. */
    record Heading(String name, Kind kind) {}

    /** What the cells of a column are. */
    enum Kind {
        /** The format does not say; the cells decide. */
        UNDECLARED,
        NUMBERS,
        WORDS
    }

    List<Heading> headings();

    /** The next row's cells, null where missing, one for each heading; null after the last row. */
    String[] next() throws IOException;

    /** The line of the row read last, from 1. */
    long line();
}
