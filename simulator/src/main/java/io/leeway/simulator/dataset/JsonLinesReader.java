package io.leeway.simulator.dataset;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One JSON object on each line. What is nested becomes a column of its own, named by its path ({@code user.age}, {@code
 * sizes.0}); the columns are those of all lines together.
 */
final class JsonLinesReader implements RowReader {
    private final BufferedReader reader;
    private final Path file;
    private final List<Heading> headings;
    private long line;

    JsonLinesReader(BufferedReader reader, Path file) throws IOException {
        this.reader = reader;
        this.file = file;
        Set<String> names = new LinkedHashSet<>();
        try (BufferedReader before = DatasetFile.open(file)) {
            JsonLinesReader all = new JsonLinesReader(before, file, List.of());
            for (Map<String, String> cells = all.object(); cells != null; cells = all.object()) {
                names.addAll(cells.keySet());
            }
        }
        this.headings =
                names.stream().map(name -> new Heading(name, Kind.UNDECLARED)).toList();
    }

    private JsonLinesReader(BufferedReader reader, Path file, List<Heading> headings) {
        this.reader = reader;
        this.file = file;
        this.headings = headings;
    }

    @Override
    public List<Heading> headings() {
        return headings;
    }

    @Override
    public String[] next() throws IOException {
        Map<String, String> object = object();
        return object == null
                ? null
                : headings.stream()
                        .map(heading -> object.getOrDefault(heading.name(), ""))
                        .toArray(String[]::new);
    }

    @Override
    public long line() {
        return line;
    }

    /** The leaves of the next line; null after the last. */
    private Map<String, String> object() throws IOException {
        String text;
        do {
            text = reader.readLine();
            line++;
        } while (text != null && text.isBlank());
        if (text == null) {
            return null;
        }
        try {
            if (Json.read(text) instanceof Map<?, ?> object) {
                Map<String, String> leaves = new LinkedHashMap<>();
                object.forEach((key, value) -> walk(key.toString(), value, leaves));
                return leaves;
            }
        } catch (JsonException broken) {
            throw new DatasetException(
                    "must be JSON: file=" + file + ", line=" + line + " (" + broken.getMessage() + ")", broken);
        }
        throw new DatasetException("must be a JSON object: file=" + file + ", line=" + line);
    }

    private static void walk(String path, Object value, Map<String, String> leaves) {
        if (value instanceof Map<?, ?> object) {
            object.forEach((key, inner) -> walk(path + "." + key, inner, leaves));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                walk(path + "." + i, list.get(i), leaves);
            }
        } else if (value instanceof Boolean flag) {
            leaves.put(path, flag ? "1" : "0");
        } else {
            leaves.put(path, value == null ? "" : value.toString());
        }
    }
}
