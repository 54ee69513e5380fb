package io.leeway.training.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.leeway.contracts.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What columns hold that are not plain: JSON, and words of enums. Stateless. */
final class JsonColumn {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private JsonColumn() {}

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return Json.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("must be " + type.getType() + ": json=" + json, e);
        }
    }

    static Map<String, Object> object(String json) {
        return read(json, OBJECT);
    }

    static <T> List<T> list(String json, Class<T> element) {
        try {
            return Json.mapper()
                    .readValue(json, Json.mapper().getTypeFactory().constructCollectionType(List.class, element));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("must be a list of " + element.getSimpleName() + ": json=" + json, e);
        }
    }

    /** Null for null. */
    static <T> T orNull(String json, Class<T> type) {
        return json == null ? null : Json.read(json, type);
    }

    /** Null for null. */
    static String textOrNull(Object value) {
        return value == null ? null : Json.text(value);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
