package io.leeway.cli.exchange;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.cli.ServicesOption;
import io.leeway.cli.client.LeewayClient;
import io.leeway.cli.client.SnapshotHead;
import io.leeway.core.logs.LogFormatException;
import io.leeway.report.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A loop's decisions with their rewards, out of the log. */
@Command(
        name = "export",
        description = "Writes a loop's decisions with their rewards to a file: dsjson (as Vowpal Wabbit reads it), JSON"
                + " lines (loses nothing), CSV or Parquet. A snapshot is made unless one is named; the same snapshot gives"
                + " the same bytes again.")
public final class ExportCommand implements Runnable {
    @Parameters(
            paramLabel = "FILE",
            description = "Its name says the format unless --format does; gzipped if it ends in .gz.")
    private Path file;

    @Option(names = "--loop", paramLabel = "LOOP", required = true, description = "The loop.")
    private String loop;

    @Option(names = "--snapshot", paramLabel = "ID", description = "The snapshot; otherwise a new one.")
    private String snapshot;

    @Option(names = "--from", paramLabel = "TIME", description = "Decisions from this time on, ISO 8601.")
    private Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Decisions before this time, ISO 8601.")
    private Instant to;

    @Option(names = "--format", paramLabel = "FORMAT", description = "One of ${COMPLETION-CANDIDATES}.")
    private Format format;

    @Mixin
    private ServicesOption services;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (snapshot != null && (from != null || to != null)) {
            throw wrong("must be --snapshot, or --from and --to: --snapshot=" + snapshot);
        }
        Format wanted = format != null
                ? format
                : Format.named(file)
                        .orElseThrow(() -> wrong(
                                "must end in .dsjson, .jsonl, .csv or .parquet, or --format be given: FILE=" + file));
        boolean zipped = file.toString().endsWith(".gz");
        if (zipped && wanted == Format.PARQUET) {
            throw wrong("must not end in .gz, Parquet compresses itself: FILE=" + file);
        }
        if (Files.isDirectory(file)) {
            throw wrong("must be a file: FILE=" + file);
        }
        json.requireWritable();
        try {
            work(wanted, zipped);
        } catch (LogFormatException e) {
            throw new CommandException(wanted.name().toLowerCase(Locale.ROOT) + " cannot say it: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException(file + ": " + e.getMessage(), e);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void work(Format wanted, boolean zipped) throws IOException {
        LeewayClient client = services.client();
        SnapshotHead head = snapshot == null
                ? client.makeSnapshot(loop, from, to)
                : client.snapshot(loop, snapshot)
                        .orElseThrow(() ->
                                new CommandException("must be a snapshot of " + loop + ": --snapshot=" + snapshot));
        if (head.rows() == 0) {
            throw new CommandException(
                    "no decision of " + loop + " with its feedback to export: snapshot=" + head.id());
        }
        try (Spool spool = new Spool(file);
                WholeFile whole = new WholeFile(file)) {
            fetch(client, head, spool);
            try (Progress progress = Progress.of("writing " + file.getFileName() + ", rows", head.rows())) {
                Writing.write(
                        use -> spool.each(line -> {
                            use.row(line);
                            progress.advance(wanted == Format.DSJSON || wanted == Format.JSONL ? 1 : 0);
                        }),
                        wanted,
                        loop,
                        whole,
                        zipped);
                progress.to(spool.rows());
            }
            whole.keep();
            tell(head, spool, wanted);
        }
    }

    private void fetch(LeewayClient client, SnapshotHead head, Spool spool) throws IOException {
        try (Progress progress = Progress.of("reading snapshot " + head.id() + ", rows", head.rows());
                InputStream rows = client.snapshotRows(loop, head.id())) {
            spool.fill(rows, progress);
        }
        if (head.erased() == 0 && !spool.sha256().equals(head.sha256())) {
            throw new CommandException("must be the rows of snapshot " + head.id() + ", " + head.rows()
                    + " with sha256=" + head.sha256() + ": rows=" + spool.rows() + " sha256=" + spool.sha256());
        }
    }

    private void tell(SnapshotHead head, Spool spool, Format wanted) throws IOException {
        String hash = hash(file);
        json.words()
                .printf(
                        Locale.ROOT,
                        "%,d decisions of %s as %s in %s (sha256 %s...); again: --snapshot %s%n",
                        spool.rows(),
                        loop,
                        wanted.name().toLowerCase(Locale.ROOT),
                        file,
                        hash.substring(0, 12),
                        head.id());
        if (head.erased() > 0) {
            json.words().printf(Locale.ROOT, "%,d rows of it have been erased since%n", head.erased());
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("file", file.toString());
        result.put("format", wanted.name().toLowerCase(Locale.ROOT));
        result.put("loop", loop);
        result.put("snapshot", head.id());
        result.put("rows", spool.rows());
        result.put("rowsSha256", spool.sha256());
        result.put("erased", head.erased());
        result.put("bytes", Files.size(file));
        result.put("sha256", hash);
        json.write(result);
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = Spool.sha256Digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
