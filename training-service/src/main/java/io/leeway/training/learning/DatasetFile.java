package io.leeway.training.learning;

import io.leeway.core.json.JsonException;
import io.leeway.core.model.Provenance;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/** A data set as a file: one {@link TrainingRow} per line, ordered by time and event id. */
public final class DatasetFile {
    private DatasetFile() {}

    /**
     * Writes lines that are in their order already.
     *
     * @param offsets end offsets by "topic-partition"; empty for a set that does not come from topics
     * @return what the set is, with the SHA-256 of the file
     */
    public static Provenance.Dataset write(
            Path file, String name, Iterator<String> lines, Map<String, Long> offsets, Instant from, Instant to) {
        MessageDigest digest = sha256();
        long rows = 0;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest);
                BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            while (lines.hasNext()) {
                writer.write(lines.next());
                writer.write('\n');
                rows++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write data set " + file, e);
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        return new Provenance.Dataset(name + "-" + hash.substring(0, 12), rows, hash, offsets, from, to);
    }

    /** Writes rows in the order given. */
    public static Provenance.Dataset write(Path file, String name, List<TrainingRow> rows) {
        Instant from = rows.isEmpty() ? null : rows.get(0).time();
        Instant to = rows.isEmpty() ? null : rows.get(rows.size() - 1).time();
        return write(file, name, rows.stream().map(TrainingRow::toLine).iterator(), Map.of(), from, to);
    }

    /** Gives the rows of numbers {@code from} (inclusive) to {@code to} (exclusive), counted from 0, to {@code reader}. */
    public static void read(Path file, int from, int to, ObjIntConsumer<TrainingRow> reader) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int row = 0;
            for (String line = lines.readLine(); line != null && row < to; line = lines.readLine()) {
                if (row >= from) {
                    reader.accept(row(line, row), row);
                }
                row++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read data set " + file, e);
        }
    }

    /** What a file holds that nobody described: its rows and its hash. */
    static Provenance.Dataset describe(Path file) {
        MessageDigest digest = sha256();
        long rows = 0;
        String first = null;
        String last = null;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
                first = first == null ? line : first;
                last = line;
                rows++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read data set " + file, e);
        }
        if (rows == 0) {
            throw new IllegalArgumentException("must have rows: dataset=" + file);
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        String id = file.getFileName() + "-" + hash.substring(0, 12);
        Instant from = row(first, 0).time();
        Instant to = row(last, (int) rows - 1).time();
        return new Provenance.Dataset(id, rows, hash, Map.of(), from, to);
    }

    private static TrainingRow row(String line, int row) {
        try {
            return TrainingRow.fromLine(line);
        } catch (JsonException e) {
            throw new IllegalArgumentException(
                    "must be a row of a data set: line " + (row + 1) + ": " + e.getMessage(), e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
