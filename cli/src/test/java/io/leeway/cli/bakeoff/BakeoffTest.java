package io.leeway.cli.bakeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.cli.Run;
import io.leeway.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BakeoffTest {
    @TempDir
    private Path folder;

    @Test
    void peersAreReproducedOnVehicle() throws IOException {
        Path sets = reference();
        Map<String, String> peers = Map.of(
                "linucb:alpha=0.1:floor=0:standardise=0", "linucb_0.1",
                "linucb:alpha=0.3:floor=0:standardise=0", "linucb_0.3",
                "lints:scale=0.1:votes=1:floor=0:standardise=0", "lints_0.1",
                "lints:scale=0.3:votes=1:floor=0:standardise=0", "lints_0.3",
                "epsilonGreedyRidge:epsilon=0.05:standardise=0", "egreedy_ridge_0.05");
        JsonNode ours = json(
                "--data",
                sets.resolve("vehicle.csv.gz").toString(),
                "--label",
                "label",
                "--orders",
                "1-5",
                "--standardise",
                "whole-file",
                "--policy",
                String.join(",", peers.keySet()));
        JsonNode table =
                Json.mapper().readTree(sets.resolve("peers.json").toFile()).path("table");
        peers.forEach((policy, peer) -> {
            JsonNode figure = ours.path("policies").path(policy);
            JsonNode theirs = table.path(peer).path("vehicle");
            double spread = Math.hypot(
                    figure.path("standardError").asDouble(), theirs.path("se").asDouble());
            assertThat(figure.path("loss").asDouble())
                    .as(policy + " against " + theirs)
                    .isCloseTo(theirs.path("mean").asDouble(), within(2 * spread));
        });
    }

    @Test
    void jsonHoldsTheFiguresByPolicyAndSet() throws IOException {
        Path file = made("made.csv", 400);
        JsonNode json = json(
                "--data",
                file.toString(),
                "--label",
                "label",
                "--policy",
                "linucb,lints",
                "--shuffle",
                "2",
                "--limit",
                "300");
        for (String policy : new String[] {"linucb", "lints"}) {
            JsonNode figures = json.path("policies").path(policy);
            assertThat(figures.path("rows").asInt()).isEqualTo(300);
            assertThat(figures.path("actions").asInt()).isEqualTo(2);
            assertThat(figures.path("features").asInt()).isEqualTo(2);
            assertThat(figures.path("loss").asDouble()).isBetween(0.001, 0.2);
            assertThat(figures.path("standardError").asDouble()).isBetween(1e-9, 0.1);
            assertThat(figures.path("cpuMicrosPerStep").asDouble()).isPositive();
            assertThat(json.at("/sets/made/policies/" + policy)).isEqualTo(figures);
        }
    }

    @Test
    void theSameSeedGivesTheSameLosses() throws IOException {
        String[] arguments = {
            "--data", made("again.csv", 200).toString(), "--label", "label", "--policy", "lints", "--change-at", "0.5"
        };
        double once = json(arguments).at("/policies/lints/loss").asDouble();
        assertThat(json(arguments).at("/policies/lints/loss").asDouble()).isEqualTo(once);
    }

    @Test
    void aChangeOfTheWorldCosts() throws IOException {
        String file = made("moving.csv", 600).toString();
        double still = json("--data", file, "--label", "label", "--policy", "linucb")
                .at("/policies/linucb/loss")
                .asDouble();
        double moving = json("--data", file, "--label", "label", "--policy", "linucb", "--change-at", "0.5")
                .at("/policies/linucb/loss")
                .asDouble();
        assertThat(moving).isGreaterThan(still + 0.1);
    }

    @Test
    void severalSetsComeAsOneTableWithTheirMean() throws IOException {
        made("one.csv", 100);
        made("two.csv", 100);
        Run run = Run.of("bakeoff", "--data", folder.toString(), "--policy", "linucb");
        assertThat(run.status()).as(run.errors()).isZero();
        assertThat(run.output())
                .contains("one ")
                .contains("two ")
                .contains("mean ")
                .contains("linucb");
    }

    @Test
    void wrongWordsEndWithStatusTwo() throws IOException {
        String file = made("words.csv", 10).toString();
        assertWrong("policy=nosuch", "--data", file, "--label", "label", "--policy", "nosuch");
        assertWrong("parameter=alpa", "--data", file, "--label", "label", "--policy", "linucb:alpa=1");
        assertWrong("policy=linucb:alpha", "--data", file, "--label", "label", "--policy", "linucb:alpha");
        assertWrong("column=lable", "--data", file, "--label", "lable", "--policy", "linucb");
        assertWrong("--label COL", "--data", file, "--policy", "linucb");
        assertWrong(
                "--data=" + folder.resolve("no"), "--data", folder.resolve("no").toString(), "--label", "label");
        assertWrong("--change-at=1.5", "--data", file, "--label", "label", "--policy", "linucb", "--change-at", "1.5");
        assertWrong("--orders=5-1x", "--data", file, "--label", "label", "--policy", "linucb", "--orders", "5-1x");
        assertWrong(
                "--standardise=all", "--data", file, "--label", "label", "--policy", "linucb", "--standardise", "all");
        assertWrong("--json=" + file, "--data", file, "--label", "label", "--policy", "linucb", "--json", file + "/x");
        assertWrong("--protocol=other", "--protocol", "other", "--policy", "linucb");
        assertWrong("prefix=cost", "--data", file, "--rewards", "cost", "--policy", "linucb");
    }

    @Test
    void contentThatCannotBeUsedEndsWithStatusOne() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.csv"), "x,label\n1,a\n2\n");
        Run run = Run.of("bakeoff", "--data", file.toString(), "--label", "label", "--policy", "linucb");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("bad.csv, row=2 (line 3), cells=1");
    }

    private void assertWrong(String word, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "bakeoff";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Run run = Run.of(all);
        assertThat(run.status()).as(run.errors()).isEqualTo(2);
        assertThat(run.errors()).contains(word).contains("--help");
    }

    /** A linear problem of two classes with a word and a number to decide by. */
    private Path made(String name, int rows) throws IOException {
        StringBuilder csv = new StringBuilder("x,colour,label\n");
        for (int i = 0; i < rows; i++) {
            double x = Math.sin(i * 12.9898) * 2;
            String colour = i % 3 == 0 ? "red" : "blue";
            csv.append(x).append(',').append(colour).append(',');
            csv.append(x + (i % 3 == 0 ? 1 : -1) > 0 ? "yes" : "no").append('\n');
        }
        return Files.writeString(folder.resolve(name), csv);
    }

    private JsonNode json(String... arguments) throws IOException {
        Path file = Files.createTempFile(folder, "result", ".json");
        String[] all = new String[arguments.length + 3];
        all[0] = "bakeoff";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--json";
        all[arguments.length + 2] = file.toString();
        Run run = Run.of(all);
        assertThat(run.status()).as(run.errors()).isZero();
        return Json.mapper().readTree(file.toFile());
    }

    private static Path reference() {
        String told = System.getenv("LEEWAY_REFERENCE");
        Path sets = (told == null ? Path.of("..", "..", "shared", "reference") : Path.of(told)).resolve("bakeoff");
        assumeTrue(Files.isDirectory(sets), () -> "skipped: no " + sets + " (set LEEWAY_REFERENCE)");
        return sets;
    }
}
