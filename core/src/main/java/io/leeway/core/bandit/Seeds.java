package io.leeway.core.bandit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Randomness as a function of who asks for what, so that a decision can be replayed and every instance answers alike. Each text
 * enters the hash with its length: no two different questions share a seed by the way they are joined. Thread-safe.
 */
public final class Seeds {
    /** Purpose of the number that draws an action. */
    public static final String ACTION = "action";
    /** Purpose of the number that draws a component of a mixture. */
    public static final String COMPONENT = "component";

    /** Looking one up costs as much as using it. */
    private static final ThreadLocal<MessageDigest> DIGESTS = ThreadLocal.withInitial(Seeds::sha256);

    private Seeds() {}

    /** A number in [0, 1), a function of the arguments only: the first 53 bits of the seed. */
    public static double uniform(String salt, String eventId, String slot, String purpose) {
        return (ByteBuffer.wrap(hash(salt, eventId, slot, purpose)).getLong() >>> 11) * 0x1.0p-53;
    }

    /** The seed as it is logged: 16 hexadecimal digits. */
    public static String seed(String salt, String eventId, String slot, String purpose) {
        return HexFormat.of().formatHex(hash(salt, eventId, slot, purpose), 0, 8);
    }

    /** The number in [0, 1) that a logged seed gave. */
    public static double uniform(String seed) {
        if (seed.length() != 16) {
            throw new IllegalArgumentException("must be 16 hexadecimal digits: seed=" + seed);
        }
        return (HexFormat.fromHexDigitsToLong(seed) >>> 11) * 0x1.0p-53;
    }

    private static byte[] hash(String salt, String eventId, String slot, String purpose) {
        MessageDigest digest = DIGESTS.get();
        update(digest, salt);
        update(digest, eventId);
        update(digest, slot);
        update(digest, purpose);
        return digest.digest();
    }

    private static void update(MessageDigest digest, String part) {
        byte[] bytes = (part == null ? "" : part).getBytes(StandardCharsets.UTF_8);
        for (int shift = 24; shift >= 0; shift -= 8) {
            digest.update((byte) (bytes.length >>> shift));
        }
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
