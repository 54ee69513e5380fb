package io.leeway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AsyncApiTest {
    private static final Path DOCUMENT = Published.RESOURCES.resolve("asyncapi.yaml");

    private final JsonNode document;

    AsyncApiTest() throws IOException {
        document = new YAMLMapper().readTree(Files.readString(DOCUMENT));
    }

    @Test
    void namesExactlyTheTopics() {
        List<String> addresses = new ArrayList<>();
        document.get("channels")
                .forEach(channel -> addresses.add(channel.get("address").asText()));
        assertThat(addresses)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Topics.compacted(), Topics.events(), List.of(Topics.deadLetter("{topic}")))
                                .flatMap(List::stream)
                                .toList());
        assertThat(texts(document.at("/channels/deadLetters/parameters/topic/enum")))
                .containsExactlyInAnyOrderElementsOf(Topics.inputs());
    }

    @Test
    void eachTopicCarriesTheEventTypesThatBelongToIt() {
        Map<String, TreeSet<String>> types = new TreeMap<>();
        document.get("channels").forEach(channel -> channel.get("messages")
                .forEach(message -> types.computeIfAbsent(channel.get("address").asText(), a -> new TreeSet<>())
                        .add(resolve(message).get("name").asText())));
        types.remove(Topics.deadLetter("{topic}"));
        Map<String, TreeSet<String>> expected = new TreeMap<>();
        for (EventType type : EventType.values()) {
            expected.computeIfAbsent(type.topic(), a -> new TreeSet<>()).add(type.ceType());
        }
        assertThat(types).isEqualTo(expected);
    }

    @Test
    void eachMessageRefersToTheSchemaOfItsEvent() {
        for (Published published : Published.values()) {
            JsonNode message = message(published.event.ceType());
            Path schema = DOCUMENT.resolveSibling(
                            message.at("/payload/schema/$ref").asText())
                    .normalize();
            assertThat(schema).isEqualTo(published.file()).exists();
        }
        assertThat(message(EventType.MODEL.ceType()).at("/contentType").asText())
                .isEqualTo("application/octet-stream");
    }

    @Test
    void namesEveryHeader() throws IllegalAccessException {
        TreeSet<String> named = new TreeSet<>();
        document.findValues("properties")
                .forEach(properties -> properties.fieldNames().forEachRemaining(named::add));
        TreeSet<String> ours = new TreeSet<>();
        for (Field field : Headers.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                ours.add((String) field.get(null));
            }
        }
        assertThat(named).isEqualTo(ours);
        assertThat(texts(resolve(document.at("/components/schemas/modelHeaders/allOf/1"))
                        .at("/properties/leeway_role/enum")))
                .containsExactlyElementsOf(
                        Arrays.stream(ModelRole.values()).map(ModelRole::word).toList());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<JsonNode> references = document.findValues("$ref");
        assertThat(references).hasSizeGreaterThan(40);
        assertThat(references).allSatisfy(reference -> {
            String target = reference.asText();
            if (target.startsWith("#")) {
                assertThat(document.at(target.substring(1)).isMissingNode())
                        .as(target)
                        .isFalse();
            } else {
                assertThat(DOCUMENT.resolveSibling(target)).exists();
            }
        });
    }

    private JsonNode message(String name) {
        for (JsonNode message : document.at("/components/messages")) {
            if (message.get("name").asText().equals(name)) {
                return message;
            }
        }
        throw new AssertionError("no message " + name);
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref")
                ? document.at(JsonPointer.compile(node.get("$ref").asText().substring(1)))
                : node;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }
}
