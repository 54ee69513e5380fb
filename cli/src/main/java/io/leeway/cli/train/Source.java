package io.leeway.cli.train;

import io.leeway.contracts.Json;
import io.leeway.contracts.LoopSettings;
import io.leeway.core.model.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a data set that was made of a file comes from, as the provenance keeps it: enough to make it again.
 *
 * @param file its name, without folders, which mean nothing elsewhere
 * @param sha256 of its bytes
 * @param settings of the loop, as far as they say how rows are read
 */
record Source(String file, String sha256, Map<String, Object> settings) {
    static Source of(Path file, LoopSettings settings) throws IOException {
        Map<String, Object> reading = new LinkedHashMap<>();
        reading.put("kind", settings.kind().name().toLowerCase(java.util.Locale.ROOT));
        if (!settings.actions().isEmpty()) {
            reading.put("actions", Json.mapper().convertValue(settings.actions(), Object.class));
        }
        if (settings.other().containsKey("data")) {
            reading.put("data", settings.other().get("data"));
        }
        String sha256 = Artifact.sha256(Files.readAllBytes(file));
        return new Source(file.getFileName().toString(), sha256, reading);
    }

    Map<String, Object> toJson() {
        return Map.of("file", file, "sha256", sha256, "settings", settings);
    }
}
