package io.leeway.cli.backup;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.cli.CommandException;
import io.leeway.contracts.Json;
import io.leeway.contracts.UnreadableJsonException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * The form of a backup: lines of JSON in UTF-8, gzipped. First a head that says what it is, then for each row the table's name, a tab
 * and the row as PostgreSQL writes it as JSON, last a foot with the rows of each table and the SHA-256 of all lines before it.
 */
final class BackupFile {
    static final String FORMAT = "leeway-registry-backup";
    static final int VERSION = 1;

    private BackupFile() {}

    /** The first line. */
    record Head(
            @JsonPropertyDescription("what the file is") String format,
            @JsonPropertyDescription("version of the form") int version,

            @JsonPropertyDescription("last migration of the schema")
            String schemaVersion,

            @JsonPropertyDescription("state as of then, ISO 8601")
            Instant at) {}

    /** The last line. */
    record Foot(
            @JsonPropertyDescription("rows by table") Map<String, Long> rows,

            @JsonPropertyDescription("of all lines before, each with its line feed, hex")
            String sha256) {}

    /** A file that was read to its end and found whole. */
    record Checked(Head head, Foot foot) {}

    /** Is given each row. */
    interface Rows {
        void row(String table, String json) throws IOException;
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads a file to its end.
     *
     * @throws CommandException if it is no backup, of another version, or not as it was written
     */
    static Checked read(Path file, Rows rows) throws IOException {
        MessageDigest digest = digest();
        Map<String, Long> counted = new TreeMap<>();
        try (BufferedReader lines = open(file)) {
            String first = lines.readLine();
            Head head = head(file, first);
            add(digest, first);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{")) {
                    Foot foot = Json.read(line, Foot.class);
                    requireWhole(file, foot, counted, HexFormat.of().formatHex(digest.digest()), lines.readLine());
                    return new Checked(head, foot);
                }
                add(digest, line);
                int tab = line.indexOf('\t');
                if (tab < 1) {
                    throw broken(file, "a line is no row");
                }
                String table = line.substring(0, tab);
                counted.merge(table, 1L, Long::sum);
                rows.row(table, line.substring(tab + 1));
            }
        } catch (java.io.EOFException | java.util.zip.ZipException | UnreadableJsonException e) {
            throw broken(file, e.getMessage());
        }
        throw broken(file, "its end is missing");
    }

    private static Head head(Path file, String line) {
        Head head;
        try {
            head = line == null ? null : Json.read(line, Head.class);
        } catch (UnreadableJsonException e) {
            head = null;
        }
        if (head == null || !FORMAT.equals(head.format())) {
            throw new CommandException("must be a backup of the registry: " + file);
        }
        if (head.version() != VERSION) {
            throw new CommandException(
                    "must be of version " + VERSION + ": " + file + " is of version " + head.version());
        }
        return head;
    }

    private static void requireWhole(Path file, Foot foot, Map<String, Long> counted, String sha256, String more) {
        if (!foot.sha256().equals(sha256)) {
            throw broken(file, "its hash is " + sha256 + " and should be " + foot.sha256());
        }
        if (!foot.rows().equals(counted) || more != null) {
            throw broken(file, "it holds other rows than it says");
        }
    }

    private static CommandException broken(Path file, String why) {
        return new CommandException("must be as it was written: " + file + ": " + why);
    }

    static void add(MessageDigest digest, String line) {
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    /** Also one that somebody has unpacked. */
    private static BufferedReader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return new BufferedReader(
                new InputStreamReader(zipped ? new GZIPInputStream(in, 1 << 16) : in, StandardCharsets.UTF_8));
    }
}
