package io.leeway.simulator.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the order in which the rows of a data set are streamed: one row number, from 0, on each line. */
public final class OrderFile {
    private OrderFile() {}

    /** @param rows of the data set: each number must be below */
    public static int[] read(Path file, int rows) {
        int[] order = new int[rows];
        int count = 0;
        int line = 0;
        try (BufferedReader reader = DatasetFile.open(file)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (text.isBlank()) {
                    continue;
                }
                order = count < order.length ? order : Arrays.copyOf(order, 2 * count + 1);
                order[count++] = row(text.strip(), rows, file, line);
            }
        } catch (IOException unreadable) {
            throw new DatasetException(
                    "must be readable: file=" + file + " (" + unreadable.getMessage() + ")", unreadable);
        }
        if (count == 0) {
            throw new DatasetException("must have row numbers: file=" + file);
        }
        return Arrays.copyOf(order, count);
    }

    private static int row(String text, int rows, Path file, int line) {
        try {
            int row = Integer.parseInt(text);
            if (row >= 0 && row < rows) {
                return row;
            }
        } catch (NumberFormatException notANumber) {
            // refused below, as a number out of range is
        }
        throw new DatasetException("must be a row number from 0 to " + (rows - 1) + ": file=" + file + ", line=" + line
                + ", value=" + text);
    }
}
