package io.leeway.feedback.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.contracts.Json;
import java.util.Map;

/**
 * Makes a document storable as jsonb, which knows no NUL, no half of a surrogate pair and no number beyond its own range, though
 * JSON does. The record on Kafka stays as it came.
 */
final class StorableJson {
    private static final char REPLACEMENT = '\ufffd';

    private StorableJson() {}

    static String of(String json) {
        return Json.text(storable(Json.read(json, JsonNode.class)));
    }

    private static JsonNode storable(JsonNode node) {
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                copy.set(storable(field.getKey()), storable(field.getValue()));
            }
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> copy.add(storable(element)));
            return copy;
        }
        if (node.isTextual()) {
            return JsonNodeFactory.instance.textNode(storable(node.textValue()));
        }
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            return JsonNodeFactory.instance.textNode(node.asText());
        }
        return node;
    }

    static String storable(String text) {
        StringBuilder copy = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                copy = copy == null ? new StringBuilder(text) : copy;
                copy.setCharAt(i, REPLACEMENT);
            }
        }
        return copy == null ? text : copy.toString();
    }
}
