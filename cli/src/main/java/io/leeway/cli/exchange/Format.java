package io.leeway.cli.exchange;

import io.leeway.cli.TextFile;
import io.leeway.core.logs.Dsjson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A format of history. */
enum Format {
    /** Decision-service JSON, as Vowpal Wabbit and Azure Personalizer log. */
    DSJSON,
    /** Leeway's own: one {@code HistoryLine} on each line, which loses nothing. */
    JSONL,
    CSV,
    PARQUET;

    private static final byte[] PARQUET_MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int LOOKED_AT = 20;

    /** What a file's name says; nothing where it says nothing that is known. */
    static Optional<Format> named(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("\\.gz$", "");
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "dsjson" -> Optional.of(DSJSON);
            case "jsonl", "ndjson" -> Optional.of(JSONL);
            case "csv" -> Optional.of(CSV);
            case "parquet" -> Optional.of(PARQUET);
            default -> Optional.empty();
        };
    }

    /** What a file's content says, and its name where the content could be several. */
    static Format of(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            if (Arrays.equals(bytes.readNBytes(PARQUET_MAGIC.length), PARQUET_MAGIC)) {
                return PARQUET;
            }
        }
        boolean objects = false;
        try (BufferedReader text = TextFile.open(file)) {
            String line = text.readLine();
            for (int i = 0; i < LOOKED_AT && line != null; i++, line = text.readLine()) {
                if (line.stripLeading().startsWith("{")) {
                    objects = true;
                    if (Dsjson.resembles(line)) {
                        return DSJSON;
                    }
                }
            }
        }
        return named(file).filter(format -> format != PARQUET).orElse(objects ? JSONL : CSV);
    }
}
