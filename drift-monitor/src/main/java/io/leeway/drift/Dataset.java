package io.leeway.drift;

import io.leeway.core.drift.Profile;
import io.leeway.core.json.Json;
import io.leeway.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Data that inputs can be compared with, by name.
 *
 * @param source where they are from, in words
 */
public record Dataset(String name, Instant madeAt, String source, Profile profile) {
    public byte[] toBytes() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("madeAt", madeAt.toString());
        json.put("source", source);
        json.put("profile", profile.toJson());
        return Json.writeBytes(json);
    }

    public static Dataset read(byte[] bytes) {
        JsonObject json = JsonObject.of(Json.read(bytes));
        return new Dataset(
                json.text("name"),
                Instant.parse(json.text("madeAt")),
                json.text("source"),
                Profile.fromJson(asMap(json.value("profile"))));
    }

    @SuppressWarnings("unchecked") // A JSON object's names are text.
    private static Map<String, ?> asMap(Object value) {
        return (Map<String, ?>) value;
    }
}
