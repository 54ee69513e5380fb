package io.leeway.core.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The reference numbers that lie outside this repository: in the folder that the environment variable LEEWAY_REFERENCE names, or in
 * {@code ../shared/reference} beside the repository. Tests that need them are skipped where they are absent.
 */
public final class Reference {
    private Reference() {}

    public static String text(String file) throws IOException {
        return Files.readString(require(file));
    }

    /** Columns of a gzipped CSV file with a header, by position. */
    public static List<double[]> columns(String file, String... names) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(require(file))), StandardCharsets.UTF_8))) {
            List<String> header = List.of(lines.readLine().split(","));
            List<String[]> rows = lines.lines().map(line -> line.split(",")).toList();
            List<double[]> columns = new ArrayList<>();
            for (String name : names) {
                int column = header.indexOf(name);
                columns.add(rows.stream()
                        .mapToDouble(row -> Double.parseDouble(row[column]))
                        .toArray());
            }
            return columns;
        }
    }

    private static Path require(String file) {
        String given = System.getenv("LEEWAY_REFERENCE");
        Path folder = given != null ? Path.of(given) : Path.of("..", "..", "shared", "reference");
        Path path = folder.resolve(file);
        assumeTrue(Files.isRegularFile(path), "skipped: no " + path + " (set LEEWAY_REFERENCE)");
        return path;
    }
}
