package io.leeway.cli.drift;

import io.leeway.simulator.dataset.Column;
import io.leeway.simulator.dataset.Dataset;
import io.leeway.simulator.dataset.DatasetFile;
import io.leeway.simulator.taxi.ParquetRows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A table as a file holds it: Parquet, CSV or ARFF, plain or gzip, seen from the content. */
record TableFile(String source, int rows, List<TableColumn> columns) {

    static TableFile read(Path file) throws IOException {
        return isParquet(file) ? parquet(file) : text(file);
    }

    Map<String, TableColumn> byName() {
        return columns.stream().collect(Collectors.toMap(TableColumn::name, Function.identity()));
    }

    /** The first column of moments, which says when a row happened. */
    Optional<TableColumn> clock() {
        return columns.stream().filter(TableColumn::isMoments).findFirst();
    }

    private static boolean isParquet(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(4), StandardCharsets.US_ASCII).equals("PAR1");
        }
    }

    private static TableFile text(Path file) {
        Dataset data = DatasetFile.read(file);
        List<TableColumn> columns = new ArrayList<>();
        for (Column column : data.columns()) {
            if (column instanceof Column.Numbers numbers) {
                double[] values = new double[data.rows()];
                for (int row = 0; row < values.length; row++) {
                    values[row] = numbers.number(row);
                }
                columns.add(TableColumn.ofNumbers(column.name(), values));
            } else {
                String[] words = new String[data.rows()];
                for (int row = 0; row < words.length; row++) {
                    words[row] = (String) column.value(row);
                }
                columns.add(momentsIfAllAre(TableColumn.ofWords(column.name(), words)));
            }
        }
        return new TableFile(file.toString(), data.rows(), columns);
    }

    private static TableColumn momentsIfAllAre(TableColumn words) {
        long[] moments = new long[words.rows()];
        for (int row = 0; row < moments.length; row++) {
            String word = words.word(row);
            moments[row] = word == null ? TableColumn.NO_MOMENT : moment(word);
            if (word != null && moments[row] == TableColumn.NO_MOMENT) {
                return words;
            }
        }
        return words.isEmpty() ? words : TableColumn.ofMoments(words.name(), moments);
    }

    /** 2021-02-28, 2021-02-28 13:45, 2021-02-28T13:45:10.5, with or without Z. */
    private static long moment(String word) {
        if (word.length() < 10 || word.charAt(4) != '-' || word.charAt(7) != '-') {
            return TableColumn.NO_MOMENT;
        }
        try {
            String plain = word.endsWith("Z") ? word.substring(0, word.length() - 1) : word;
            return plain.length() == 10
                    ? LocalDate.parse(plain).toEpochDay() * 86_400
                    : LocalDateTime.parse(plain.replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException none) {
            return TableColumn.NO_MOMENT;
        }
    }

    private static TableFile parquet(Path file) throws IOException {
        List<ParquetRows.PlainColumn> plain = ParquetRows.plainColumns(file);
        List<Object[]> rows = new ArrayList<>();
        ParquetRows.read(file, plain.stream().map(ParquetRows.PlainColumn::name).toList(), rows::add);
        List<TableColumn> columns = new ArrayList<>();
        for (int c = 0; c < plain.size(); c++) {
            columns.add(column(plain.get(c), c, rows));
        }
        return new TableFile(file.toString(), rows.size(), columns);
    }

    private static TableColumn column(ParquetRows.PlainColumn plain, int c, List<Object[]> rows) {
        boolean words = rows.stream().anyMatch(row -> row[c] instanceof String || row[c] instanceof Boolean);
        if (words) {
            return TableColumn.ofWords(
                    plain.name(),
                    rows.stream()
                            .map(row -> row[c] == null ? null : row[c].toString())
                            .toArray(String[]::new));
        }
        if (plain.unitsPerSecond() > 0) {
            return TableColumn.ofMoments(
                    plain.name(),
                    rows.stream()
                            .mapToLong(row -> row[c] == null
                                    ? TableColumn.NO_MOMENT
                                    : Math.floorDiv((Long) row[c], plain.unitsPerSecond()))
                            .toArray());
        }
        return TableColumn.ofNumbers(
                plain.name(),
                rows.stream().mapToDouble(row -> finite((Number) row[c])).toArray());
    }

    private static double finite(Number value) {
        return value == null || !Double.isFinite(value.doubleValue()) ? Double.NaN : value.doubleValue();
    }
}
