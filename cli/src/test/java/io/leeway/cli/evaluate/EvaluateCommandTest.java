package io.leeway.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.cli.Run;
import io.leeway.contracts.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EvaluateCommandTest {
    @TempDir
    private Path folder;

    /** Where the reference lies: the environment variable LEEWAY_REFERENCE, else beside the repository. */
    @ParameterizedTest
    @CsvSource({
        "men|random->bts, ope_fixture_men_random_to_bts.csv.gz",
        "men|bts->random, ope_fixture_men_bts_to_random.csv.gz"
    })
    void reproducesTheOpenBanditReference(String name, String file) throws IOException {
        String given = System.getenv("LEEWAY_REFERENCE");
        Path reference = (given == null ? Path.of("..", "..", "shared", "reference") : Path.of(given)).resolve("ope");
        assumeTrue(Files.isDirectory(reference), "skipped: no " + reference + " (set LEEWAY_REFERENCE)");
        JsonNode expected = Json.mapper()
                .readTree(reference.resolve("expected.json").toFile())
                .at("/results")
                .get(name)
                .get("estimates");

        JsonNode report = report(run("--rows", reference.resolve(file).toString(), "--json", json()));

        Iterator<Map.Entry<String, JsonNode>> fields = expected.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            double value = field.getValue().asDouble();
            assertThat(report.get("estimates").get(field.getKey()).asDouble())
                    .as(field.getKey())
                    .isCloseTo(value, within(1e-9 * Math.abs(value)));
        }
    }

    @Test
    void estimatesFromPlainRowsWithoutAModel() throws IOException {
        Path rows = rows(400, "");
        Run run = run("--rows", rows.toString(), "--json", json());
        JsonNode report = report(run);
        assertThat(run.output()).contains("ips", "snips", "cips@5.0").doesNotContain("switch-dr@");
        assertThat(report.get("estimates").get("ipw").asDouble())
                .isEqualTo(report.at("/estimators/ips/value").asDouble());
        for (JsonNode estimator : report.get("estimators")) {
            assertThat(estimator.get("lower").asDouble())
                    .isLessThanOrEqualTo(estimator.get("value").asDouble());
            assertThat(estimator.get("upper").asDouble())
                    .isGreaterThanOrEqualTo(estimator.get("value").asDouble());
            assertThat(estimator.get("intervals").size()).isEqualTo(4);
        }
        assertThat(report.get("effectiveSampleSize").asDouble()).isBetween(50.0, 400.0);
    }

    @Test
    void showsTheIntervalThatWasAskedFor() throws IOException {
        Path rows = rows(400, "");
        JsonNode normal = report(run("--rows", rows.toString(), "--interval", "normal", "--json", json()));
        JsonNode ips = normal.at("/estimators/snips");
        assertThat(ips.get("upper").asDouble() - ips.get("value").asDouble())
                .isCloseTo(1.959964 * ips.get("standardError").asDouble(), within(1e-6));
        JsonNode ninety = report(run("--rows", rows.toString(), "--confidence", "0.9", "--json", json()));
        assertThat(ninety.at("/estimators/snips/upper").asDouble())
                .isLessThan(ips.at("/upper").asDouble() + 1);
        assertThat(ninety.get("confidence").asDouble()).isEqualTo(0.9);
    }

    @Test
    void refusesTooFewRowsAndSaysSoInTheReport() throws IOException {
        Run run = run("--rows", rows(40, "").toString(), "--json", json());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("no answer").contains("rows=40");
        JsonNode report = Json.mapper().readTree(Path.of(json()).toFile());
        assertThat(report.get("refused").asBoolean()).isTrue();
        assertThat(report.has("estimates")).isFalse();
        assertThat(run("--rows", rows(40, "").toString(), "--minimum-rows", "10")
                        .status())
                .isZero();
    }

    @Test
    void namesWhatIsWrong() throws IOException {
        assertThat(run().status()).isEqualTo(2);
        assertThat(run("--log", "x.dsjson").errors()).contains("--policy");
        assertThat(run("--rows", "nowhere.csv").errors()).contains("must be a file: nowhere.csv");
        assertThat(run("--rows", rows(200, "0.5,x,0.5\n").toString()).errors())
                .contains("must be a number: line=202 pscore=x");
        assertThat(run("--rows", rows(200, "0.5,0,0.5\n").toString()).errors())
                .contains("must be in (0, 1]: pscore=0.0 row=200");
        assertThat(run("--rows", rows(200, "7,0.5,0.5\n").toString(), "--reward-range", "0,1")
                        .errors())
                .contains("must be in [0.0, 1.0]: reward=7.0 row=200");
        Run interval = run("--rows", rows(200, "").toString(), "--interval", "wide");
        assertThat(interval.status()).isEqualTo(2);
        assertThat(interval.errors()).contains("--interval must be one of").contains("wide");
        Run policy = run("--log", log(10).toString(), "--policy", "nonsense");
        assertThat(policy.status()).isEqualTo(2);
        assertThat(policy.errors()).contains("policy=nonsense");
        Path columns = Files.writeString(folder.resolve("c.csv"), "reward,pscore\n1,0.5\n");
        assertThat(run("--rows", columns.toString()).errors()).contains("lacks pi_e");
    }

    @Test
    void comparesAPolicyWithTheLoggedOneInASentence() throws IOException {
        Run run = run("--log", log(2500).toString(), "--policy", "linucb", "--json", json());
        JsonNode report = report(run);
        assertThat(run.output())
                .contains("1 of 2501 lines could not be used")
                .contains("line 6: must be a JSON value")
                .containsPattern(
                        "linucb would have earned 0\\.\\d+ ± 0\\.\\d+ more per decision than the logged policy");
        assertThat(report.at("/comparison/verdict").asText()).isEqualTo("more");
        assertThat(report.at("/comparison/lower").asDouble()).isPositive();
        assertThat(report.get("decisions").asInt()).isEqualTo(2500);
        assertThat(report.at("/faults/0/line").asInt()).isEqualTo(6);
        assertThat(report.get("answer").asText()).startsWith("linucb would have earned");
    }

    @Test
    void saysThatItCannotTell() throws IOException {
        Run run = run("--log", log(30).toString(), "--policy", "linucb", "--json", json());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).contains("cannot tell: the log is too short");
        Run short_ =
                run("--log", log(130).toString(), "--policy", "ridgeEpsilonGreedy:epsilon=1", "--minimum-ess", "5");
        assertThat(short_.status()).isZero();
        assertThat(short_.output()).contains("cannot tell yet: ridgeEpsilonGreedy:epsilon=1 would have earned between");
    }

    @Test
    void readsFilesThatHardlyAreAny() throws IOException {
        Path header = Files.writeString(folder.resolve("h.csv"), "reward,pscore,pi_e\n");
        assertThat(run("--rows", header.toString(), "--json", json()).errors())
                .contains("no answer")
                .contains("rows=0");
        Path one = Files.writeString(folder.resolve("o.csv"), "\"reward\",pscore,pi_e\n\"1\",0.5,0.5\n");
        assertThat(run("--rows", one.toString(), "--json", json()).errors()).contains("rows=1");
        Path cut = Files.write(folder.resolve("cut.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
        assertThat(run("--rows", cut.toString()).errors()).contains("cut.gz: must be readable");
        Path empty = Files.writeString(folder.resolve("empty.dsjson"), "");
        assertThat(run("--log", empty.toString(), "--policy", "linucb").errors())
                .contains("must hold decisions with their rewards, has none in 0 lines");
    }

    @Test
    void countsWhatTheGatesLetThrough() throws IOException {
        Run run = run("--gates", "1", "--json", json());
        assertThat(run.output())
                .contains("7 candidates", "trained on shuffled rewards", "lose more than the tolerance, promoted");
        JsonNode report = Json.mapper().readTree(Path.of(json()).toFile());
        assertThat(report.get("result").get("kinds").size()).isEqualTo(7);
        assertThat(run("--gates", "0").status()).isEqualTo(2);
    }

    @Test
    void countsCoverage() throws IOException {
        Run run = run("--coverage", "3", "--json", json());
        assertThat(run.output()).contains("uniform logging", "likelihood", "lowest coverage of the sequences");
        JsonNode report = Json.mapper().readTree(Path.of(json()).toFile());
        assertThat(report.get("intervals").size()).isGreaterThan(100);
    }

    private String json() {
        return folder.resolve("report.json").toString();
    }

    private Path rows(int count, String more) throws IOException {
        Random random = new Random(4);
        StringBuilder text = new StringBuilder("reward,pscore,pi_e\n");
        for (int i = 0; i < count; i++) {
            boolean first = random.nextDouble() < 0.3;
            text.append(random.nextInt(2)).append(first ? ",0.3,0.6\n" : ",0.7,0.4\n");
        }
        return Files.writeString(folder.resolve("rows.csv"), text.append(more).toString());
    }

    /** A log whose logged policy prefers the wrong action; gzipped under a name that does not say so; one line is broken. */
    private Path log(int decisions) throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < decisions; i++) {
            String user = random.nextBoolean() ? "anna" : "tom";
            int chosen = random.nextDouble() < 0.7 ? 1 : 2;
            double probability = chosen == 1 ? 0.7 : 0.3;
            boolean likes = (chosen == 2) == user.equals("anna");
            double cost = random.nextDouble() < (likes ? 0.8 : 0.1) ? -1 : 0;
            text.append("{\"_label_cost\":" + cost + ",\"_label_probability\":" + probability + ",\"_label_Action\":"
                    + chosen + ",\"EventId\":\"e" + i + "\",\"a\":[1,2],\"p\":[0.7,0.3],\"c\":{\"u\":{\"name\":\""
                    + user + "\"},\"_multi\":[{\"_tag\":\"x\"},{\"_tag\":\"y\"}]}}\n");
            if (i == 4) {
                text.append("broken\n");
            }
        }
        Path file = folder.resolve("log.dsjson");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private JsonNode report(Run run) throws IOException {
        assertThat(run.status()).as(run.errors()).isZero();
        return Json.mapper().readTree(Path.of(json()).toFile());
    }

    private static Run run(String... arguments) {
        return Run.of(() -> new CommandLine(new EvaluateCommand())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }
}
