package io.leeway.training;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One entry of a chain as the database has it. Its hash is the SHA-256 of the hash before it and its own fields, each with its
 * length; the database computes it when the entry is written, and this class again when it is verified.
 *
 * @param previousSha256 hash of the entry before; 64 zeros in the first
 * @param fields what the hash covers, in order; null where there is nothing
 */
public record ChainLink(long position, String previousSha256, String sha256, List<String> fields) {
    /** What the first entry of a chain has for the hash before it. */
    static final String BEGINNING = "0".repeat(64);

    /** A link whose fields may be null. */
    public static ChainLink of(long position, String previousSha256, String sha256, String... fields) {
        return new ChainLink(position, previousSha256, sha256, Arrays.asList(fields));
    }

    /** A time as a field: microseconds since 1970, which is as exact as PostgreSQL keeps it. */
    public static String micros(Instant time) {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }

    String expected() {
        String text = previousSha256 + fields.stream().map(ChainLink::measured).collect(Collectors.joining(","));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String measured(String field) {
        return field == null ? "-" : field.getBytes(StandardCharsets.UTF_8).length + ":" + field;
    }
}
