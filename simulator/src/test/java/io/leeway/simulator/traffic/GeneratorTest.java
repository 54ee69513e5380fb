package io.leeway.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.contracts.Json;
import io.leeway.report.Progress;
import io.leeway.simulator.world.DriftWorld;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final DriftWorld world = new DriftWorld(4);

    @TempDir
    private Path folder;

    @Test
    void writesOneCompleteRecordALine() throws IOException {
        Path file = folder.resolve("log.jsonl");
        assertThat(Generator.write(file, rows(2000, 7), Progress.silent())).isEqualTo(2000);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2000);
        Map<String, Integer> counts = new HashMap<>();
        for (String line : lines) {
            JsonNode row = Json.mapper().readTree(line);
            counts.merge(row.get("action").asText(), 1, Integer::sum);
            double sum = 0;
            for (JsonNode probability : row.get("probabilities")) {
                sum += probability.get("probability").asDouble();
            }
            assertThat(sum).isBetween(1 - 1e-9, 1 + 1e-9);
            assertThat(row.get("probabilities")).hasSameSizeAs(row.get("actions"));
            assertThat(row.get("reward").asDouble()).isBetween(0.0, 1.0);
        }
        JsonNode first = Json.mapper().readTree(lines.get(0));
        assertThat(first.get("eventId").asText()).isEqualTo("gen-100");
        assertThat(first.get("time").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(first.get("context"))
                .isEqualTo(Json.mapper().valueToTree(world.visit(100).context()));
        // Binomial(2000, 1/8) has a deviation of 14.8; five of them on either side.
        assertThat(counts.values()).hasSize(8).allSatisfy(count -> assertThat(count)
                .isBetween(176, 324));
    }

    @Test
    void sameSeedSameBytes() throws IOException {
        Generator.write(folder.resolve("a"), rows(50, 7), Progress.silent());
        Generator.write(folder.resolve("b"), rows(50, 7), Progress.silent());
        Generator.write(folder.resolve("c"), rows(50, 8), Progress.silent());
        assertThat(folder.resolve("b")).hasSameBinaryContentAs(folder.resolve("a"));
        assertThat(Files.readAllBytes(folder.resolve("c"))).isNotEqualTo(Files.readAllBytes(folder.resolve("a")));
    }

    @Test
    void gzippedByName() throws IOException {
        Path file = folder.resolve("log.jsonl.gz");
        Generator.write(file, rows(30, 7), Progress.silent());
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            assertThat(reader.lines()).hasSize(30);
        }
    }

    @Test
    void failureLeavesNothingHalfWritten() throws IOException {
        Stream<Object> breaking = Stream.of(1, 2, 3).map(number -> {
            if (number == 3) {
                throw new IllegalStateException("source broke");
            }
            return Map.of("number", number);
        });
        assertThatThrownBy(() -> Generator.write(folder.resolve("log.jsonl"), breaking, Progress.silent()))
                .hasMessage("source broke");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private Stream<OffPolicyRow> rows(long count, long seed) {
        return Generator.rows(world, "gen", 100, count, START, seed);
    }
}
