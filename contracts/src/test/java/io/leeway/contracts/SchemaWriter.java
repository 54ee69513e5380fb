package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the JSON Schema of a record: names, types and descriptions by reflection, required fields, defaults and ranges by {@link
 * Probe probing}. Unknown fields are allowed everywhere.
 */
final class SchemaWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Days to nanoseconds; the format "duration" knows no fractions of a second, which we write. */
    private static final String DURATION = "^P(?=.)(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,9})?S)?)?$";

    /** Rules between fields, which probing one field at a time cannot find. */
    private static final Map<Class<?>, String> BETWEEN_FIELDS = Map.of(
            Freeze.class,
            "{\"required\":[],\"oneOf\":[{\"required\":[\"action\"]},{\"required\":[\"modelVersion\"]}]}",
            ExplorationSettings.class,
            "{\"allOf\":[{\"properties\":{\"parameters\":{\"properties\":{\"epsilon\":{\"minimum\":0,\"maximum\":1},"
                    + "\"gamma\":{\"exclusiveMinimum\":0},\"temperature\":{\"exclusiveMinimum\":0}}}}}]}",
            Decision.class,
            "{\"if\":{\"properties\":{\"kind\":{\"const\":\"regression\"}}},\"else\":{\"required\":[\"slots\"],"
                    + "\"properties\":{\"slots\":{\"minItems\":1}}}}");

    private final Map<String, ObjectNode> definitions = new TreeMap<>();

    static String document(EventType event, String name, Class<?> root) {
        SchemaWriter writer = new SchemaWriter();
        ObjectNode schema = JSON.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "urn:leeway:" + name)
                .put("title", root.getSimpleName())
                .put("description", "Event " + event.ceType() + " on topic " + event.topic() + ".");
        schema.setAll(writer.object(root));
        if (!writer.definitions.isEmpty()) {
            ObjectNode all = schema.putObject("$defs");
            writer.definitions.forEach(all::set);
        }
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        Separators separators =
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter(separators).withObjectIndenter(indent).withArrayIndenter(indent);
        try {
            return Json.mapper().writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode object(Class<?> type) {
        Probe probe = new Probe(type);
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ArrayNode required = JSON.arrayNode();
        ObjectNode properties = JSON.objectNode();
        for (RecordComponent field : Probe.fields(type)) {
            properties.set(field.getName(), property(field, probe));
            if (probe.requires(field.getName())) {
                required.add(field.getName());
            }
        }
        schema.set("required", required);
        schema.set("properties", properties);
        schema.setAll((ObjectNode) Json.read(BETWEEN_FIELDS.getOrDefault(type, "{}"), JsonNode.class));
        if (schema.path("required").isEmpty()) {
            schema.remove("required");
        }
        return schema;
    }

    private ObjectNode property(RecordComponent field, Probe probe) {
        ObjectNode schema = JSON.objectNode();
        JsonPropertyDescription description = field.getAccessor().getAnnotation(JsonPropertyDescription.class);
        if (description != null) {
            schema.put("description", description.value());
        }
        schema.setAll(type(field.getGenericType()));
        constrain(field, probe, schema);
        if (!probe.requires(field.getName())) {
            JsonNode value = probe.defaultOf(field.getName());
            if (!value.isMissingNode() && !value.isObject() && !(value.isArray() && value.isEmpty())) {
                schema.set("default", value);
            }
        }
        return schema;
    }

    private ObjectNode type(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (generic.getRawType() == List.class) {
                return JSON.objectNode().put("type", "array").set("items", type(last));
            }
            ObjectNode map = JSON.objectNode().put("type", "object");
            return last == Object.class ? map : map.set("additionalProperties", type(last));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            if (!definitions.containsKey(plain.getSimpleName())) {
                definitions.put(plain.getSimpleName(), JSON.objectNode());
                definitions.put(plain.getSimpleName(), object(plain));
            }
            return JSON.objectNode().put("$ref", "#/$defs/" + plain.getSimpleName());
        }
        ObjectNode schema = JSON.objectNode().put("type", word(plain));
        if (plain.isEnum()) {
            ArrayNode words = schema.putArray("enum");
            for (Object constant : plain.getEnumConstants()) {
                words.add(Json.mapper().<JsonNode>valueToTree(constant));
            }
        } else if (plain == Instant.class) {
            schema.put("format", "date-time");
        } else if (plain == Duration.class) {
            schema.put("pattern", DURATION);
        } else if (plain == int.class || plain == Integer.class) {
            schema.put("format", "int32");
        } else if (plain == long.class || plain == Long.class) {
            schema.put("format", "int64");
        }
        return schema;
    }

    private static String word(Class<?> type) {
        if (type == double.class || type == Double.class) {
            return "number";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "integer";
        }
        return type == boolean.class || type == Boolean.class ? "boolean" : "string";
    }

    private static void constrain(RecordComponent field, Probe probe, ObjectNode schema) {
        String name = field.getName();
        switch (field.getGenericType().getTypeName()) {
            case "double", "java.lang.Double" ->
                Bounds.ofDouble(value -> probe.accepts(name, JSON.numberNode(value)), schema);
            case "int", "java.lang.Integer" ->
                Bounds.ofLong(
                        value -> probe.accepts(name, JSON.numberNode(value)),
                        Integer.MIN_VALUE,
                        Integer.MAX_VALUE,
                        schema);
            case "long", "java.lang.Long" ->
                Bounds.ofLong(
                        value -> probe.accepts(name, JSON.numberNode(value)), Long.MIN_VALUE, Long.MAX_VALUE, schema);
            case "java.util.List<java.lang.Integer>" -> constrainNumbers(name, probe, schema);
            case "java.lang.String" -> constrainText(name, probe, schema);
            case "java.time.Duration" -> constrainDuration(name, probe, schema);
            default -> {}
        }
    }

    private static void constrainDuration(String name, Probe probe, ObjectNode schema) {
        if (probe.accepts(name, JSON.textNode("-PT1S"))) {
            throw new AssertionError("takes a negative duration, which the pattern forbids: " + name);
        }
        if (!probe.accepts(name, JSON.textNode("PT0S"))) {
            schema.set("not", JSON.objectNode().put("pattern", "^[^1-9]*$"));
        }
    }

    private static void constrainNumbers(String name, Probe probe, ObjectNode schema) {
        Bounds.ofLong(
                value -> probe.accepts(name, JSON.arrayNode().add(value)),
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                (ObjectNode) schema.get("items"));
        schema.put("maxItems", Bounds.last(size -> probe.accepts(name, ones((int) size)), 1, 1_000_000));
    }

    private static ArrayNode ones(int size) {
        ArrayNode ones = JSON.arrayNode();
        for (int i = 0; i < size; i++) {
            ones.add(1);
        }
        return ones;
    }

    private static void constrainText(String name, Probe probe, ObjectNode schema) {
        String refusal = probe.refusal(name, JSON.textNode("a"))
                .map(Throwable::getMessage)
                .orElse("");
        int from = refusal.indexOf("must be one of [");
        if (from >= 0) {
            ArrayNode words = schema.putArray("enum");
            String list = refusal.substring(refusal.indexOf('[', from) + 1, refusal.indexOf(']', from));
            List.of(list.split(", ")).forEach(words::add);
            return;
        }
        if (refusal.contains("http or https address")) {
            schema.put("pattern", "^" + Webhook.URL.pattern() + "$");
            return;
        }
        if (refusal.contains("VERSION+FEEDBACKS")) {
            schema.put("pattern", "^" + Check.CHECKPOINT.pattern() + "$");
            return;
        }
        if (!probe.accepts(name, JSON.textNode("A?"))) {
            schema.put("pattern", "^" + Check.LOOP_NAME.pattern() + "$");
            return;
        }
        if (!probe.accepts(name, JSON.textNode(""))) {
            schema.put("pattern", "\\S").put("minLength", 1);
        }
        if (!probe.accepts(name, JSON.textNode("a".repeat(100_000)))) {
            schema.put(
                    "maxLength",
                    Bounds.last(length -> probe.accepts(name, JSON.textNode("a".repeat((int) length))), 1, 100_000));
        }
    }
}
