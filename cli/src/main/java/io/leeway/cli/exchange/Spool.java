package io.leeway.cli.exchange;

import io.leeway.cli.CommandException;
import io.leeway.cli.TextFile;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.Json;
import io.leeway.report.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A snapshot's rows in a file of their own until they are written: a table must know all columns before its first row. Removed when
 * it is closed.
 */
final class Spool implements Writing.Rows, AutoCloseable {
    private final WholeFile file;
    private long rows;
    private String sha256;

    Spool(Path beside) throws IOException {
        this.file = new WholeFile(beside);
    }

    void fill(InputStream lines, Progress progress) throws IOException {
        MessageDigest digest = sha256Digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = new DigestInputStream(lines, digest);
                OutputStream out = file.open(true)) {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                out.write(buffer, 0, got);
                for (int i = 0; i < got; i++) {
                    rows += buffer[i] == '\n' ? 1 : 0;
                }
                progress.to(rows);
            }
        }
        sha256 = HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    long rows() {
        return rows;
    }

    String sha256() {
        return sha256;
    }

    @Override
    public void each(Use use) throws IOException {
        try (BufferedReader lines = TextFile.open(file.draft())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                use.row(HistoryLines.of(Json.read(line, Feedback.class)));
            }
        } catch (io.leeway.contracts.UnreadableJsonException e) {
            throw new CommandException("a row of the snapshot cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
