package io.leeway.core.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A JSON object read field by field, where a field that is absent or of the wrong kind is named with its place. */
public final class JsonObject {
    private final Map<?, ?> fields;
    private final String place;

    private JsonObject(Map<?, ?> fields, String place) {
        this.fields = fields;
        this.place = place;
    }

    public static JsonObject of(Object value) {
        return of(value, "");
    }

    static JsonObject of(Object value, String place) {
        if (value instanceof Map<?, ?> map) {
            return new JsonObject(map, place);
        }
        throw new JsonException("must be an object: " + (place.isEmpty() ? "value" : place) + "=" + brief(value));
    }

    public boolean has(String name) {
        return fields.get(name) != null;
    }

    /** Names of the fields, in their order. */
    public List<String> names() {
        return fields.keySet().stream().map(String::valueOf).toList();
    }

    public String text(String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "text");
    }

    public String text(String name, String absent) {
        return has(name) ? text(name) : absent;
    }

    public double number(String name) {
        if (fields.get(name) instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(name, "a finite number");
    }

    public double number(String name, double absent) {
        return has(name) ? number(name) : absent;
    }

    public long integer(String name) {
        Object value = fields.get(name);
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        throw wrong(name, "an integer");
    }

    public long integer(String name, long absent) {
        return has(name) ? integer(name) : absent;
    }

    public boolean flag(String name) {
        if (fields.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "true or false");
    }

    public boolean flag(String name, boolean absent) {
        return has(name) ? flag(name) : absent;
    }

    public JsonObject object(String name) {
        if (fields.get(name) instanceof Map<?, ?> map) {
            return new JsonObject(map, path(name));
        }
        throw wrong(name, "an object");
    }

    public List<JsonObject> objects(String name) {
        List<JsonObject> result = new ArrayList<>();
        int index = 0;
        for (Object item : list(name)) {
            result.add(of(item, path(name) + "." + index++));
        }
        return result;
    }

    public List<String> texts(String name) {
        List<String> result = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof String text)) {
                throw wrong(name, "a list of texts");
            }
            result.add(text);
        }
        return result;
    }

    /** A list of finite numbers as an array that the caller owns. */
    public double[] numbers(String name) {
        List<?> items = list(name);
        double[] result = new double[items.size()];
        for (int i = 0; i < result.length; i++) {
            if (!(items.get(i) instanceof Number number) || !Double.isFinite(number.doubleValue())) {
                throw wrong(name, "a list of finite numbers");
            }
            result[i] = number.doubleValue();
        }
        return result;
    }

    public List<?> list(String name) {
        if (fields.get(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "a list");
    }

    /** An object read as a map, each value through {@code read(object, key)}; an absent field is an empty map. */
    public <V> Map<String, V> map(String name, BiFunction<JsonObject, String, V> read) {
        if (!has(name)) {
            return Map.of();
        }
        JsonObject inner = object(name);
        Map<String, V> result = new LinkedHashMap<>();
        for (Object key : inner.fields.keySet()) {
            result.put((String) key, read.apply(inner, (String) key));
        }
        return result;
    }

    /** The raw value of a field. */
    public Object value(String name) {
        return fields.get(name);
    }

    private String path(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private JsonException wrong(String name, String kind) {
        return new JsonException("must be " + kind + ": " + path(name) + "=" + brief(fields.get(name)));
    }

    private static String brief(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
