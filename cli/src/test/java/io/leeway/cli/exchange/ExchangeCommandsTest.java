package io.leeway.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.cli.Run;
import io.leeway.contracts.Action;
import io.leeway.contracts.Json;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.RewardRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeCommandsTest {
    private static final String GOOD =
            "{\"_label_cost\":-0.5,\"_label_probability\":0.5,\"_label_Action\":1,\"EventId\":\"%s\","
                    + "\"Timestamp\":\"2026-01-01T00:00:00Z\",\"c\":{\"x\":1,\"_multi\":[{\"_tag\":\"a\"},{\"_tag\":\"b\"}]}}\n";

    @TempDir
    private Path folder;

    private FakeServices services;

    @BeforeEach
    void start() throws IOException {
        services = new FakeServices();
        services.rows = Samples.rows();
        services.sha256 = HexFormat.of()
                .formatHex(Spool.sha256Digest().digest(Samples.rows().getBytes(StandardCharsets.UTF_8)));
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void badLinesAreNamedAndTheRestGoesIn() throws IOException {
        Path file = folder.resolve("vw.dsjson");
        Files.writeString(
                file,
                GOOD.formatted("e1") + "broken\n\n" + GOOD.formatted("e2").replace("-0.5", "-7.0")
                        + "{\"_label_ca\":{}}\n"
                        + GOOD.formatted("e3").replace("\"EventId\"", "\"_skipLearn\":true,\"EventId\"")
                        + GOOD.formatted("e4"));
        services.loops.put("news", LoopSettings.of(LoopKind.BANDIT));
        Run run = run(
                "import",
                file.toString(),
                "--loop",
                "news",
                "--json",
                folder.resolve("r.json").toString());
        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.errors())
                .contains("line 2: must be a JSON value")
                .contains("line 4: must be in [0, 1]: reward=7.0")
                .contains("line 5: must choose among actions, continuous ones are not supported");
        assertThat(run.output())
                .contains("6 lines of dsjson: 2 are in the log of news, 0 were there already, 3 could not be used,"
                        + " 1 were never activated");
        assertThat(services.imported).hasSize(2);
        JsonNode result = Json.mapper().readTree(folder.resolve("r.json").toFile());
        assertThat(result.get("rejected").asInt()).isEqualTo(3);
        assertThat(result.get("rejections").findValuesAsText("line")).containsExactlyInAnyOrder("2", "4", "5");
        assertThat(run("import", file.toString(), "--loop", "news").output()).contains("2 were there already");
    }

    @Test
    void aLoopIsMadeOfItsHistory() throws IOException {
        Path file = Files.writeString(
                folder.resolve("history.log"),
                GOOD.formatted("e1")
                        + GOOD.formatted("e2").replace("-0.5", "2.5")
                        + GOOD.formatted("e3").replace("-0.5", "-4"));
        assertThat(run("import", file.toString(), "--loop", "new").errors()).contains("--create be given: loop=new");
        Run run = run("import", file.toString(), "--loop", "new", "--create");
        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.output()).contains("new is new: bandit, 2 actions, rewards in [-2.5, 4.0]");
        LoopSettings made = services.loops.get("new");
        assertThat(made.actions())
                .containsExactly(new Action("a", Map.of("_tag", "a")), new Action("b", Map.of("_tag", "b")));
        assertThat(made.reward().range()).isEqualTo(new RewardRange(-2.5, 4.0, null));
        assertThat(services.imported).hasSize(3);
    }

    @Test
    void nothingUsableIsAFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("x.dsjson"), "no\n");
        services.loops.put("news", LoopSettings.of(LoopKind.BANDIT));
        assertThat(run("import", file.toString(), "--loop", "news").status()).isEqualTo(1);
        assertThat(run("import", file.toString(), "--loop", "other", "--create").status())
                .isEqualTo(1);
        assertThat(services.loops).doesNotContainKey("other");
        assertThat(run("import", folder.resolve("absent").toString(), "--loop", "news")
                        .status())
                .isEqualTo(2);
        assertThat(run("import", file.toString()).errors()).contains("--loop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.dsjson", "out.jsonl", "out.csv", "out.parquet", "out.csv.gz", "out.dsjson.gz"})
    void aSnapshotGivesTheSameBytesAgain(String name) throws IOException {
        Path first = folder.resolve("first").resolve(name);
        Path again = folder.resolve("again").resolve(name);
        Run run = run("export", first.toString(), "--loop", "news", "--from", "2026-01-01T00:00:00Z");
        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.output()).contains("3 decisions of news").contains("--snapshot s1");
        assertThat(run("export", again.toString(), "--loop", "news", "--snapshot", "s1")
                        .status())
                .isZero();
        assertThat(again).hasSameBinaryContentAs(first);
        try (Stream<Path> files = Files.list(first.getParent())) {
            assertThat(files).as("no drafts are left").containsExactly(first);
        }
        services.loops.put("other", LoopSettings.of(LoopKind.BANDIT));
        assertThat(run("import", first.toString(), "--loop", "other").output()).contains("3 are in the log of other");
    }

    @Test
    void nothingIsLeftOfAnExportThatFails() throws IOException {
        Path file = folder.resolve("fails").resolve("out.csv");
        services.sha256 = "0".repeat(64);
        Run run = run("export", file.toString(), "--loop", "news");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("must be the rows of snapshot s1");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void wrongWordsAreNamed() {
        assertThat(run("export", "x.txt", "--loop", "news").errors()).contains("FILE=x.txt");
        assertThat(run("export", "x.parquet.gz", "--loop", "news").errors()).contains("Parquet compresses itself");
        assertThat(run("export", "x.csv", "--loop", "news", "--snapshot", "s", "--to", "2026-01-01T00:00:00Z")
                        .errors())
                .contains("--snapshot=s");
        Run absent = run("export", folder.resolve("x.csv").toString(), "--loop", "news", "--snapshot", "gone");
        assertThat(absent.status()).isEqualTo(1);
        assertThat(absent.errors()).contains("must be a snapshot of news: --snapshot=gone");
    }

    private Run run(String command, String... arguments) {
        return Run.of(Stream.of(Stream.of(command), Stream.of(arguments), Stream.of("--url", services.url()))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }
}
