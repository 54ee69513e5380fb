package io.leeway.cli.exchange;

import io.leeway.cli.TextFile;
import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Json;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.contracts.rest.HistoryLine;
import io.leeway.core.logs.Dsjson;
import io.leeway.core.logs.LogFormatException;
import io.leeway.core.logs.LoggedEvent;
import io.leeway.simulator.dataset.CsvReader;
import io.leeway.simulator.dataset.DatasetException;
import io.leeway.simulator.dataset.RowReader;
import io.leeway.simulator.taxi.ParquetRows;
import io.leeway.simulator.taxi.ParquetRows.PlainColumn;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** A file of history, read from its beginning to its end; what cannot be used is said with its number, and the rest is given on. */
final class HistoryFile {
    private final Path file;
    private final Format format;
    private final Instant written;

    HistoryFile(Path file) throws IOException {
        this(file, Format.of(file));
    }

    HistoryFile(Path file, Format format) throws IOException {
        this.file = file;
        this.format = format;
        this.written = Files.getLastModifiedTime(file).toInstant();
    }

    Format format() {
        return format;
    }

    /** @param bytes is told how far in the file it is; not of a Parquet file */
    void read(Sink sink, LongConsumer bytes) throws IOException {
        switch (format) {
            case DSJSON, JSONL -> lines(sink, bytes);
            case CSV -> csv(sink, bytes);
            case PARQUET -> parquet(sink);
        }
    }

    private void lines(Sink sink, LongConsumer bytes) throws IOException {
        try (BufferedReader text = TextFile.open(file, bytes)) {
            long number = 0;
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                number++;
                if (!line.isBlank()) {
                    line(sink, number, line);
                }
            }
        }
    }

    /** Each line for itself: decision-service logs hold Leeway's lines where two were put together. */
    private void line(Sink sink, long number, String line) {
        try {
            if (!Dsjson.resembles(line) && format != Format.DSJSON) {
                sink.take(number, Json.read(line, HistoryLine.class));
                return;
            }
            LoggedEvent event = Dsjson.readEvent(line);
            if (event.learnable()) {
                sink.take(number, DsjsonHistory.line(line, event, written.plusMillis(number)));
            } else {
                sink.notActivated(number);
            }
        } catch (LogFormatException | UnreadableJsonException | ContractViolation wrong) {
            sink.refuse(number, wrong.getMessage());
        }
    }

    private void csv(Sink sink, LongConsumer bytes) throws IOException {
        try (BufferedReader text = TextFile.open(file, bytes)) {
            CsvReader rows = new CsvReader(text, file.toString());
            List<String> names =
                    rows.headings().stream().map(RowReader.Heading::name).toList();
            while (true) {
                try {
                    String[] cells = rows.next();
                    if (cells == null) {
                        return;
                    }
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int i = 0; i < cells.length; i++) {
                        Object value = Cell.read(cells[i], FlatRow.TEXTS.contains(names.get(i)));
                        if (value != null) {
                            row.put(names.get(i), value);
                        }
                    }
                    row(sink, rows.line(), row);
                } catch (DatasetException wrong) {
                    sink.refuse(rows.line(), wrong.getMessage());
                    if (wrong.getMessage().startsWith("must end with a quote")) {
                        return;
                    }
                }
            }
        }
    }

    private void parquet(Sink sink) throws IOException {
        List<PlainColumn> columns = ParquetRows.plainColumns(file);
        List<String> names = columns.stream().map(PlainColumn::name).toList();
        long[] number = {0};
        ParquetRows.read(file, names, values -> {
            number[0]++;
            try {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 0; i < values.length; i++) {
                    if (values[i] != null) {
                        row.put(names.get(i), ParquetHistory.value(columns.get(i), values[i]));
                    }
                }
                row(sink, number[0], row);
            } catch (LogFormatException wrong) {
                sink.refuse(number[0], wrong.getMessage());
            }
        });
    }

    private static void row(Sink sink, long number, Map<String, Object> row) {
        try {
            sink.take(number, FlatRow.line(row));
        } catch (UnreadableJsonException | ContractViolation wrong) {
            sink.refuse(number, wrong.getMessage());
        }
    }
}
