package io.leeway.cli.drift;

import io.leeway.cli.CommandException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A stream of numbers in a file: one in a line, perhaps under a heading, or one column of a CSV file; plain or gzip. */
final class NumbersFile {
    private NumbersFile() {}

    /** @param column of a CSV file with a header; null for the only one */
    static double[] read(Path file, String column) throws IOException {
        try (BufferedReader lines = open(file)) {
            double[] values = new double[1024];
            int count = 0;
            int place = -1;
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                String[] cells = line.split(",", -1);
                if (place < 0) {
                    place = place(file, cells, column);
                    if (Double.isNaN(TableColumn.parsed(cells[place].strip()))) {
                        continue; // the heading
                    }
                }
                double value = place < cells.length ? TableColumn.parsed(cells[place].strip()) : Double.NaN;
                if (Double.isNaN(value)) {
                    throw new CommandException(
                            "must be a finite number: file=" + file + ", line=" + number + ", value=" + line);
                }
                if (count == values.length) {
                    values = Arrays.copyOf(values, 2 * count);
                }
                values[count++] = value;
            }
            if (count == 0) {
                throw new CommandException("must have numbers: file=" + file);
            }
            return Arrays.copyOf(values, count);
        }
    }

    private static int place(Path file, String[] first, String column) {
        List<String> headings = Arrays.stream(first).map(String::strip).toList();
        if (column != null) {
            if (!headings.contains(column)) {
                throw new CommandException(
                        "must be a column of " + file + ": column=" + column + "; there are " + headings);
            }
            return headings.indexOf(column);
        }
        if (first.length > 1) {
            throw new CommandException(
                    "must have one column, or --column must say which: file=" + file + ", columns=" + headings);
        }
        return 0;
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return new BufferedReader(new InputStreamReader(zipped ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
    }
}
