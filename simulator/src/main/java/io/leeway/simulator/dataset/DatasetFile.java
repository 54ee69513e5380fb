package io.leeway.simulator.dataset;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/**
 * Reads data files. What they are is seen from their content: gzip or not, ARFF, Parquet, JSON lines, or CSV with a
 * header.
 *
 * <p>A CSV column is numbers if every present cell is one; otherwise words. Missing are the cells that are empty,
 * {@code ?}, {@code NA}, {@code NaN} or {@code null}. The file is read twice: once to learn the kinds, once for the values.
 */
public final class DatasetFile {
    private static final int BUFFER = 1 << 16;
    private static final int PEEK = 256;
    private static final Set<String> MISSING = Set.of("", "?", "na", "n/a", "nan", "null");

    private final Path file;
    private final Opening opening;
    private final Predicate<String> asWords;

    private DatasetFile(Path file, Opening opening, Predicate<String> asWords) {
        this.file = file;
        this.opening = opening;
        this.asWords = asWords;
    }

    /** Reads a whole file. */
    public static Dataset read(Path file) {
        return read(file, column -> false);
    }

    /**
     * Reads a whole file.
     *
     * @param asWords columns that hold words whatever they look like, such as a label
     * @throws DatasetException naming file, column, row and value
     */
    public static Dataset read(Path file, Predicate<String> asWords) {
        return read(file, reader -> recognised(reader, file), asWords);
    }

    /** Reads a whole file of cells between a delimiter, without a header; the columns are c1, c2, ... */
    static Dataset readHeaderless(Path file, String delimiter, Predicate<String> asWords) {
        return read(file, reader -> new HeaderlessReader(reader, file.toString(), delimiter), asWords);
    }

    private static Dataset read(Path file, Opening opening, Predicate<String> asWords) {
        try {
            return new DatasetFile(file, opening, asWords).read();
        } catch (IOException unreadable) {
            throw new DatasetException(
                    "must be readable: file=" + file + " (" + unreadable.getMessage() + ")", unreadable);
        }
    }

    /** Opens text that may be compressed. */
    static BufferedReader open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DatasetException("must be a file: " + file);
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        in.mark(2);
        boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        BufferedReader reader = new BufferedReader(
                new InputStreamReader(zipped ? new GZIPInputStream(in, BUFFER) : in, StandardCharsets.UTF_8), BUFFER);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    private Dataset read() throws IOException {
        List<ColumnBuilder> builders = new ArrayList<>();
        try (BufferedReader reader = open(file)) {
            RowReader rows = opening.rows(reader);
            for (RowReader.Heading heading : rows.headings()) {
                builders.add(new ColumnBuilder(heading, asWords.test(heading.name()), file.toString()));
            }
            if (builders.stream().anyMatch(ColumnBuilder::undecided)) {
                each(rows, builders, ColumnBuilder::consider);
            }
        }
        int count;
        try (BufferedReader reader = open(file)) {
            count = each(opening.rows(reader), builders, ColumnBuilder::add);
        }
        if (count == 0) {
            throw new DatasetException("must have rows: file=" + file);
        }
        return new Dataset(
                file.toString(),
                name(file),
                count,
                builders.stream().map(ColumnBuilder::build).toList());
    }

    /** Begins to read a file's rows, and may do so again. */
    private interface Opening {
        RowReader rows(BufferedReader reader) throws IOException;
    }

    private interface Cell {
        void take(ColumnBuilder builder, String cell, int row, long line);
    }

    private static int each(RowReader rows, List<ColumnBuilder> builders, Cell action) throws IOException {
        int row = 0;
        for (String[] cells = rows.next(); cells != null; cells = rows.next()) {
            for (int i = 0; i < cells.length; i++) {
                action.take(builders.get(i), missing(cells[i]) ? null : cells[i], row, rows.line());
            }
            row++;
        }
        return row;
    }

    private static boolean missing(String cell) {
        return cell.isEmpty() || (cell.length() <= 4 && MISSING.contains(cell.toLowerCase(Locale.ROOT)));
    }

    /** Decimal notation only: what {@link Double#parseDouble} takes beyond it, such as 1f or 0x1p3, is a word. */
    static boolean isNumber(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            boolean plain = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
            if (!plain) {
                return ColumnBuilder.infinite(cell);
            }
        }
        try {
            Double.parseDouble(cell);
            return true;
        } catch (NumberFormatException word) {
            return false;
        }
    }

    private static RowReader recognised(BufferedReader reader, Path file) throws IOException {
        char[] peeked = new char[PEEK];
        reader.mark(PEEK);
        int length = Math.max(0, reader.read(peeked));
        reader.reset();
        String start = new String(peeked, 0, length).stripLeading().toLowerCase(Locale.ROOT);
        if (start.startsWith("par1")) {
            return new ParquetReader(file);
        }
        if (start.startsWith("{")) {
            return new JsonLinesReader(reader, file);
        }
        return start.startsWith("%") || start.startsWith("@relation")
                ? new ArffReader(reader, file.toString())
                : new CsvReader(reader, file.toString());
    }

    private static String name(Path file) {
        return file.getFileName()
                .toString()
                .replaceAll("(?i)\\.gz$", "")
                .replaceAll("(?i)\\.(csv|tsv|arff|jsonl|parquet|data|txt)$", "");
    }
}
