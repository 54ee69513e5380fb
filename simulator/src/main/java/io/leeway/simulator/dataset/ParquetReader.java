package io.leeway.simulator.dataset;

import io.leeway.simulator.taxi.ParquetRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The plain columns of a Parquet file: numbers, flags as 0 and 1, texts. */
final class ParquetReader implements RowReader {
    private final Path file;
    private final List<Heading> headings;
    private List<String[]> rows;
    private int at;

    ParquetReader(Path file) throws IOException {
        this.file = file;
        this.headings = ParquetRows.plainColumns(file).stream()
                .map(column -> new Heading(column.name(), column.text() ? Kind.WORDS : Kind.NUMBERS))
                .toList();
    }

    @Override
    public List<Heading> headings() {
        return headings;
    }

    @Override
    public String[] next() throws IOException {
        if (rows == null) {
            rows = new ArrayList<>();
            ParquetRows.read(file, headings.stream().map(Heading::name).toList(), values -> rows.add(cells(values)));
        }
        return at < rows.size() ? rows.get(at++) : null;
    }

    private static String[] cells(Object[] values) {
        String[] cells = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            Object value = values[i] instanceof Boolean flag ? (Object) (flag ? 1 : 0) : values[i];
            cells[i] = value == null ? "" : value.toString();
        }
        return cells;
    }

    @Override
    public long line() {
        return at;
    }
}
