package io.leeway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Payloads of published versions, which today's code must read. They are added to, never changed. */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/v1");
    private static final Map<Published, JsonSchema> SCHEMAS = new EnumMap<>(Published.class);

    static List<Path> payloads() throws IOException {
        try (var files = Files.list(GOLDEN)) {
            return files.sorted(Comparator.comparing(Path::getFileName)).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void isValidByItsSchema(Path payload) throws IOException {
        assertThat(schema(payload).validate(tree(payload))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void isReadAndWrittenBackWithAllThatItSaid(Path payload) throws IOException {
        Object event = Json.read(Files.readString(payload), published(payload).record);
        JsonNode written = Json.read(Json.bytes(event), JsonNode.class);
        assertContains("", written, tree(payload));
        assertThat(schema(payload).validate(written)).isEmpty();
        assertThat(Json.read(Json.bytes(event), published(payload).record)).isEqualTo(event);
    }

    /** The schema may refuse what the code would read; the other way round a producer would be misled. */
    @ParameterizedTest
    @MethodSource("payloads")
    void whateverTheSchemaAllowsCanBeRead(Path payload) throws IOException {
        int allowed = 0;
        int refused = 0;
        for (JsonNode changed : changes(tree(payload))) {
            boolean valid = schema(payload).validate(changed).isEmpty();
            String refusal = refusal(changed, published(payload).record);
            if (valid && !betweenFields(refusal)) {
                assertThat(refusal).as("refusal of %s", changed).isEmpty();
            }
            allowed += valid ? 1 : 0;
            refused += valid ? 0 : 1;
        }
        assertThat(allowed).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void everyEventHasAMinimalPayloadAndOneWithUnknownFields() throws IOException {
        for (Published published : Published.values()) {
            List<JsonNode> trees = new ArrayList<>();
            for (Path payload : payloads()) {
                if (published(payload) == published) {
                    trees.add(tree(payload));
                }
            }
            List<String> known = Probe.fields(published.record).stream()
                    .map(field -> field.getName())
                    .toList();
            assertThat(trees).as("payloads of " + published).hasSizeGreaterThan(1);
            assertThat(trees).as("unknown fields of " + published).anySatisfy(tree -> assertThat(tree.fieldNames())
                    .toIterable()
                    .anyMatch(name -> !known.contains(name)));
        }
    }

    /** What one schema cannot say: rules between two fields, the lengths of durations, and bounds of the items of a list. */
    private static boolean betweenFields(String refusal) {
        return List.of(
                        "must be above min",
                        "must be >= PT1S",
                        "must be >= PT1H",
                        "is not a parameter of",
                        "rollout.shares: must be in",
                        "training.windowRows: must be >=")
                .stream()
                .anyMatch(refusal::contains);
    }

    private static String refusal(JsonNode value, Class<?> record) {
        try {
            Json.read(value.toString(), record);
            return "";
        } catch (UnreadableJsonException e) {
            return e.getMessage();
        }
    }

    /** Copies of the payload with one field left out or given another value. */
    private static List<JsonNode> changes(JsonNode payload) throws IOException {
        JsonNode values = Json.mapper()
                .readTree("[-1, 0, 1, 0.5, 2.5, 200, 1000000000, true, \"\", \"  \", \"Ab c\", \"x\", [], {}, [1],"
                        + " [{}]]");
        List<JsonNode> changes = new ArrayList<>();
        for (String pointer : pointers("", payload)) {
            int cut = pointer.lastIndexOf('/');
            String name = pointer.substring(cut + 1);
            ObjectNode without = payload.deepCopy();
            ((ObjectNode) without.at(pointer.substring(0, cut))).remove(name);
            changes.add(without);
            for (JsonNode value : values) {
                ObjectNode changed = payload.deepCopy();
                ((ObjectNode) changed.at(pointer.substring(0, cut))).set(name, value);
                changes.add(changed);
            }
        }
        return changes;
    }

    private static List<String> pointers(String at, JsonNode node) {
        List<String> pointers = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                pointers.add(at + "/" + name);
                pointers.addAll(pointers(at + "/" + name, object.get(name)));
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                pointers.addAll(pointers(at + "/" + i, array.get(i)));
            }
        }
        return pointers;
    }

    private static void assertContains(String at, JsonNode whole, JsonNode part) {
        if (part.isObject()) {
            part.fieldNames()
                    .forEachRemaining(name -> assertContains(at + "/" + name, whole.path(name), part.get(name)));
        } else if (part.isArray()) {
            assertThat(whole.size()).as(at).isEqualTo(part.size());
            for (int i = 0; i < part.size(); i++) {
                assertContains(at + "/" + i, whole.path(i), part.get(i));
            }
        } else if (part.isNumber()) {
            assertThat(whole.isNumber()).as(at).isTrue();
            assertThat(whole.doubleValue()).as(at).isEqualTo(part.doubleValue());
        } else if (at.endsWith("/correctionWindow") || at.endsWith("/every")) {
            assertThat(Duration.parse(whole.asText())).as(at).isEqualTo(Duration.parse(part.asText()));
        } else if (at.endsWith("/time")) {
            assertThat(Instant.parse(whole.asText())).as(at).isEqualTo(Instant.parse(part.asText()));
        } else {
            assertThat(whole).as(at).isEqualTo(part);
        }
    }

    private static JsonSchema schema(Path payload) {
        return SCHEMAS.computeIfAbsent(published(payload), Published::schema);
    }

    private static Published published(Path payload) {
        String topic = payload.getFileName().toString().split("\\.")[0];
        return Arrays.stream(Published.values())
                .filter(p -> p.schemaName.equals(topic + ".v1"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("must begin with the name of a topic: " + payload));
    }

    private static JsonNode tree(Path payload) throws IOException {
        return Json.mapper().readTree(Files.readString(payload));
    }
}
