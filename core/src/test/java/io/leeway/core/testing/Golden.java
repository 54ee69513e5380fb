package io.leeway.core.testing;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Numbers made outside this project, by {@code golden/make_golden.py}. */
public final class Golden {
    private Golden() {}

    public static JsonObject json() {
        return Json.readObject(new String(bytes("golden.json"), StandardCharsets.UTF_8));
    }

    public static byte[] bytes(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static long[] longs(double[] values) {
        long[] longs = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            longs[i] = (long) values[i];
        }
        return longs;
    }
}
