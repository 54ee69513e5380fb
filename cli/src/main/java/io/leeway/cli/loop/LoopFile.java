package io.leeway.cli.loop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.leeway.cli.CommandException;
import io.leeway.contracts.Json;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.UnreadableJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A loop's definition in a file, YAML or JSON: its settings, and its name beside them.
 *
 * @param name what the file says under {@code name}; null if it says nothing
 */
public record LoopFile(String name, LoopSettings settings) {

    /** @throws CommandException naming the file, the field and the value, if it is not a loop */
    public static LoopFile read(Path file) {
        try {
            JsonNode tree = new YAMLMapper().readTree(Files.readAllBytes(file));
            if (!(tree instanceof ObjectNode object)) {
                throw new CommandException("must hold a loop's settings: file=" + file);
            }
            JsonNode name = object.remove("name");
            LoopSettings settings = Json.read(Json.bytes(object), LoopSettings.class);
            return new LoopFile(name == null ? null : name.asText(), settings);
        } catch (UnreadableJsonException e) {
            throw new CommandException(file + ": " + e.getMessage(), e);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new CommandException(file + ": not YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new CommandException("must be a file that can be read: file=" + file, e);
        }
    }
}
