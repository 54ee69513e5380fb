package io.leeway.feedback.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** Passes lines on and knows their number, their hash, and the first and last time. Not thread safe. */
final class LineDigest {
    private final OutputStream out;
    private final MessageDigest digest = sha256Digest();
    private long lines;
    private Instant first;
    private Instant last;

    LineDigest(OutputStream out) {
        this.out = out;
    }

    void line(String text, Instant time) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        digest.update(bytes);
        lines++;
        first = first == null ? time : first;
        last = time;
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("whoever reads the rows has gone", e);
        }
    }

    long lines() {
        return lines;
    }

    Instant first() {
        return first;
    }

    Instant last() {
        return last;
    }

    /** To be asked for once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
