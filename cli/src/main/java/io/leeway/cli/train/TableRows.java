package io.leeway.cli.train;

import io.leeway.simulator.dataset.Column;
import io.leeway.simulator.dataset.Dataset;
import io.leeway.simulator.dataset.DatasetFile;
import io.leeway.simulator.taxi.ParquetRows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A table's rows one by one, whatever format it is in: Parquet, CSV or ARFF, plain or gzip, seen from the content. */
final class TableRows {
    private TableRows() {}

    /**
     * @param use gets each row's present values by column, in the order of the columns: numbers, words, flags, {@link Instant}s; not a column without a name,
     *     which numbers the rows
     */
    static void read(Path file, Consumer<Map<String, Object>> use) throws IOException {
        if (isParquet(file)) {
            parquet(file, use);
        } else {
            text(file, use);
        }
    }

    private static boolean isParquet(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(4), StandardCharsets.US_ASCII).equals("PAR1");
        }
    }

    private static void text(Path file, Consumer<Map<String, Object>> use) {
        Dataset data = DatasetFile.read(file);
        for (int row = 0; row < data.rows(); row++) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (Column column : data.columns()) {
                Object value = column.present(row) ? column.value(row) : null;
                if (value != null && !column.name().isEmpty()) {
                    values.put(column.name(), value);
                }
            }
            use.accept(values);
        }
    }

    private static void parquet(Path file, Consumer<Map<String, Object>> use) throws IOException {
        List<ParquetRows.PlainColumn> columns = ParquetRows.plainColumns(file);
        Map<Integer, Long> units = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).unitsPerSecond() > 0) {
                units.put(i, columns.get(i).unitsPerSecond());
            }
        }
        ParquetRows.read(
                file, columns.stream().map(ParquetRows.PlainColumn::name).toList(), row -> {
                    Map<String, Object> values = new LinkedHashMap<>();
                    for (int i = 0; i < row.length; i++) {
                        Object value = units.containsKey(i) ? moment(row[i], units.get(i)) : row[i];
                        boolean number = !(value instanceof Double d) || Double.isFinite(d);
                        if (value != null && number) {
                            values.put(columns.get(i).name(), value);
                        }
                    }
                    use.accept(values);
                });
    }

    private static Instant moment(Object value, long unitsPerSecond) {
        if (!(value instanceof Long units)) {
            return null;
        }
        long nanos = Math.floorMod(units, unitsPerSecond) * (1_000_000_000L / unitsPerSecond);
        return Instant.ofEpochSecond(Math.floorDiv(units, unitsPerSecond), nanos);
    }
}
