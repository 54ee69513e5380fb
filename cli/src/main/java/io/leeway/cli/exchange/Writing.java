package io.leeway.cli.exchange;

import io.leeway.contracts.Json;
import io.leeway.contracts.rest.HistoryLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetWriter;

/** Writes rows of history in a format. The same rows give the same bytes. */
final class Writing {
    /** More columns than people or tools look at: beyond it a context is one column. */
    private static final int MOST_COLUMNS = 2000;

    private Writing() {}

    /** The rows, as often as they are asked for. */
    interface Rows {
        void each(Use use) throws IOException;

        /** What is done with a row. */
        interface Use {
            void row(HistoryLine line) throws IOException;
        }
    }

    static void write(Rows rows, Format format, String loop, WholeFile file, boolean zipped) throws IOException {
        if (format == Format.PARQUET) {
            parquet(rows, file);
            return;
        }
        try (OutputStream out = file.open(zipped)) {
            switch (format) {
                case DSJSON -> rows.each(line -> text(out, DsjsonHistory.write(line, loop)));
                case JSONL -> rows.each(line -> text(out, Json.text(line)));
                default -> csv(rows, out);
            }
        }
    }

    private static void text(OutputStream out, String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    private static void csv(Rows rows, OutputStream out) throws IOException {
        Map<String, ParquetHistory.Kind> columns = columns(rows);
        text(out, String.join(",", columns.keySet().stream().map(Cell::quoted).toList()));
        rows.each(line -> {
            Map<String, Object> row = flat(line, columns);
            List<String> cells = new ArrayList<>();
            columns.keySet()
                    .forEach(name -> cells.add(Cell.quoted(Cell.written(row.get(name), FlatRow.TEXTS.contains(name)))));
            text(out, String.join(",", cells));
        });
    }

    private static void parquet(Rows rows, WholeFile file) throws IOException {
        Map<String, ParquetHistory.Kind> columns = columns(rows);
        try (ParquetWriter<Map<String, Object>> writer = ParquetHistory.writer(file.draft(), columns)) {
            rows.each(line -> writer.write(ParquetHistory.stored(flat(line, columns), columns)));
        }
        ParquetFooter.order(file.draft());
    }

    /** What is in any row: first what every decision has, then in the order of appearance. */
    private static Map<String, ParquetHistory.Kind> columns(Rows rows) throws IOException {
        Map<String, ParquetHistory.Kind> seen = new LinkedHashMap<>();
        rows.each(line -> FlatRow.of(line).forEach((name, value) -> {
            if (value != null) {
                seen.merge(name, ParquetHistory.Kind.of(name, value), ParquetHistory.Kind::and);
            }
        }));
        if (seen.size() > MOST_COLUMNS) {
            seen.keySet().removeIf(name -> name.startsWith(FlatRow.CONTEXT));
            seen.put(FlatRow.WHOLE_CONTEXT, ParquetHistory.Kind.JSON);
        }
        Map<String, ParquetHistory.Kind> columns = new LinkedHashMap<>();
        FlatRow.FIRST.stream().filter(seen::containsKey).forEach(name -> columns.put(name, seen.remove(name)));
        columns.putAll(seen);
        return columns;
    }

    private static Map<String, Object> flat(HistoryLine line, Map<String, ParquetHistory.Kind> columns) {
        Map<String, Object> row = FlatRow.of(line);
        if (columns.containsKey(FlatRow.WHOLE_CONTEXT)) {
            row.put(FlatRow.WHOLE_CONTEXT, line.context());
        }
        return row;
    }
}
