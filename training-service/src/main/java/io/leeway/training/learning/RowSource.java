package io.leeway.training.learning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * The rows of a data set's file, which training goes through many times: kept in memory if they fit comfortably, else read again each
 * time. Not changed while it is read.
 */
final class RowSource {
    /** A row takes some ten times its text in memory, and other things want room too. */
    private static final int SHARE_OF_HEAP = 24;

    private final Path file;
    private final List<TrainingRow> kept;

    private RowSource(Path file, List<TrainingRow> kept) {
        this.file = file;
        this.kept = kept;
    }

    static RowSource of(Path file) {
        try {
            if (Files.size(file) > Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP) {
                return new RowSource(file, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read data set " + file, e);
        }
        List<TrainingRow> rows = new ArrayList<>();
        DatasetFile.read(file, 0, Integer.MAX_VALUE, (row, number) -> rows.add(row));
        return new RowSource(file, rows);
    }

    /** Gives the rows of numbers {@code from} (inclusive) to {@code to} (exclusive), counted from 0, to {@code reader}. */
    void read(int from, int to, ObjIntConsumer<TrainingRow> reader) {
        if (kept == null) {
            DatasetFile.read(file, from, to, reader);
            return;
        }
        for (int row = from; row < Math.min(to, kept.size()); row++) {
            reader.accept(kept.get(row), row);
        }
    }
}
