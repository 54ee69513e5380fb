package io.leeway.cli.pipeline;

import io.leeway.cli.CommandException;
import io.leeway.cli.client.ImportResult;
import io.leeway.cli.client.LeewayClient;
import io.leeway.report.Progress;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Brings a data set of JSON lines into the log, in portions that the service takes. */
public final class History {
    private static final int PORTION_BYTES = 4_000_000;

    private final LeewayClient client;
    private final String loop;

    public History(LeewayClient client, String loop) {
        this.client = client;
        this.loop = loop;
    }

    /** @return what became of all lines; numbers of rejected lines count from 1 in the file */
    public ImportResult send(Path file, Progress progress) throws IOException {
        long accepted = 0;
        long duplicates = 0;
        long before = 0;
        List<ImportResult.Rejected> rejected = new ArrayList<>();
        try (BufferedReader lines = open(file)) {
            Portion portion = Portion.next(lines);
            while (portion.lines() > 0) {
                ImportResult result = client.importHistory(loop, portion.bytes());
                accepted += result.accepted();
                duplicates += result.duplicates();
                for (ImportResult.Rejected line : result.rejected()) {
                    rejected.add(new ImportResult.Rejected(before + line.line(), line.reason()));
                }
                before += portion.lines();
                progress.advance(portion.lines());
                portion = Portion.next(lines);
            }
        }
        return new ImportResult(accepted, duplicates, rejected);
    }

    private static BufferedReader open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandException("must be a file: " + file);
        }
        InputStream in = Files.newInputStream(file);
        boolean zipped = file.toString().endsWith(".gz");
        return new BufferedReader(
                new InputStreamReader(zipped ? new GZIPInputStream(in, 1 << 16) : in, StandardCharsets.UTF_8), 1 << 16);
    }

    private record Portion(byte[] bytes, long lines) {
        static Portion next(BufferedReader reader) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(PORTION_BYTES + 100_000);
            long lines = 0;
            while (bytes.size() < PORTION_BYTES) {
                String line = reader.readLine();
                if (line == null) {
                    break;
                }
                bytes.writeBytes(line.getBytes(StandardCharsets.UTF_8));
                bytes.write('\n');
                lines++;
            }
            return new Portion(bytes.toByteArray(), lines);
        }
    }
}
