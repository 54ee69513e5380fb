package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out by trying what a record accepts, so that the schemas say what the records check and nothing else.
 *
 * <p>It begins with a smallest object that the record reads and changes one field at a time.
 */
final class Probe {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Where a field's constraint depends on another field: the value of the other that leaves it the most room. */
    private static final Map<Class<?>, String> WIDEST = Map.of(
            Decision.class, "{\"kind\":\"regression\"}",
            SlotDecision.class, "{\"draw\":0.5}",
            Webhook.class, "{\"url\":\"https://example.com/\"}",
            PredictionInterval.class, "{\"level\":0.5,\"lower\":-1e300,\"upper\":1e300}",
            RewardRange.class, "{\"min\":-1e300,\"max\":1e300}",
            TrainingSettings.class, "{\"minimumFeedback\":10,\"windowRows\":2147483647}");

    /** Fields of which only one may be given. */
    private static final Map<Class<?>, Set<String>> EITHER = Map.of(Freeze.class, Set.of("action", "modelVersion"));

    private final Class<?> type;
    private final ObjectNode smallest;

    Probe(Class<?> type) {
        this.type = type;
        this.smallest = smallest(type);
    }

    static List<RecordComponent> fields(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(field -> !field.getAccessor().isAnnotationPresent(JsonAnyGetter.class))
                .toList();
    }

    /** A copy of the smallest object that can be read. */
    ObjectNode smallest() {
        return smallest.deepCopy();
    }

    /** Why the record refuses the value in that field; empty if it takes it. */
    Optional<UnreadableJsonException> refusal(String field, JsonNode value) {
        ObjectNode changed = smallest();
        Set<String> either = EITHER.getOrDefault(type, Set.of());
        if (either.contains(field)) {
            changed.remove(either);
        }
        changed.set(field, value);
        return refusal(changed);
    }

    boolean accepts(String field, JsonNode value) {
        return refusal(field, value).isEmpty();
    }

    boolean requires(String field) {
        ObjectNode without = smallest();
        without.remove(field);
        return refusal(without).isPresent();
    }

    /** What the record says where the field was not given; missing if it says nothing, too. */
    JsonNode defaultOf(String field) {
        ObjectNode without = smallest();
        without.remove(field);
        return Json.mapper().valueToTree(Json.read(without.toString(), type)).path(field);
    }

    private Optional<UnreadableJsonException> refusal(ObjectNode object) {
        try {
            Json.read(object.toString(), type);
            return Optional.empty();
        } catch (UnreadableJsonException e) {
            return Optional.of(e);
        }
    }

    private static ObjectNode smallest(Class<?> type) {
        ObjectNode object = (ObjectNode) Json.read(WIDEST.getOrDefault(type, "{}"), JsonNode.class);
        for (int tries = 0; tries <= type.getRecordComponents().length; tries++) {
            try {
                Json.read(object.toString(), type);
                return object;
            } catch (UnreadableJsonException e) {
                RecordComponent missing = fields(type).stream()
                        .filter(field -> field.getName().equals(e.field()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(type + " names no field of its own: " + e.getMessage()));
                object.set(missing.getName(), some(missing.getGenericType()));
            }
        }
        throw new AssertionError("cannot be made: " + type + " from " + object);
    }

    /** Some valid value of a type. */
    static JsonNode some(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? JSON.arrayNode().add(some(generic.getActualTypeArguments()[0]))
                    : JSON.objectNode();
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return smallest(plain);
        }
        if (plain.isEnum()) {
            return Json.mapper().valueToTree(plain.getEnumConstants()[0]);
        }
        if (plain == Instant.class) {
            return JSON.textNode("2026-01-01T00:00:00Z");
        }
        if (plain == Duration.class) {
            return JSON.textNode("PT10S");
        }
        if (plain == String.class) {
            return JSON.textNode("a");
        }
        return plain == boolean.class || plain == Boolean.class ? JSON.booleanNode(true) : JSON.numberNode(1);
    }
}
