package io.leeway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.cli.Leeway;
import io.leeway.cli.client.Addresses;
import io.leeway.cli.client.LeewayClient;
import io.leeway.contracts.Json;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.stack.Ports;
import io.leeway.stack.Service;
import io.leeway.stack.ServicePlan;
import io.leeway.stack.StackPlan;
import io.leeway.stack.Supervisor;
import io.leeway.stack.TopicSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A log in Vowpal Wabbit's format becomes a loop of a real stack, comes out again in every format, goes into further loops, and comes out of
 * those the same; then it is evaluated and trained on. Its figures stand in docs/logs.md.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HistoryTravelsTest {
    private static final int LINES = 1_500;
    private static final List<String> ACTIONS = List.of("politics", "sports", "music");
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(java.time.ZoneOffset.UTC);

    @TempDir
    private static Path folder;

    private static Supervisor stack;
    private static String url;

    @BeforeAll
    static void start() throws IOException {
        Path root = Repository.root();
        int first = Ports.free(4);
        List<ServicePlan> services = new ArrayList<>();
        for (Service service : List.of(Service.FEEDBACK, Service.TRAINING)) {
            Path packaged = root.resolve(service.moduleName()).resolve("target/quarkus-app/quarkus-run.jar");
            assumeTrue(Files.exists(packaged), "skipped: not packaged, run mvn verify: " + service.moduleName());
            services.add(ServicePlan.of(service, root, first + service.ordinal()));
        }
        StackPlan any = StackPlan.demo(root, "history");
        stack = Supervisor.start(
                new StackPlan(
                        any.home(),
                        any.cacheDir(),
                        any.brokerPort(),
                        any.databasePort(),
                        TopicSetup.DEFAULT_PARTITIONS,
                        true,
                        any.jvmOptions(),
                        services),
                part -> {});
        // Where the predictor would be: the commands count on from there.
        url = "http://localhost:" + first;
        Files.write(folder.resolve("vw.dsjson"), lines());
        run("import", "vw.dsjson", "--loop", "first", "--create");
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    /** In the layout of Vowpal Wabbit's own converter. At night one action is liked, by day another; two lines are broken. */
    private static List<String> lines() {
        SplittableRandom random = new SplittableRandom(5);
        Instant time = Instant.parse("2026-01-05T00:00:00Z");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            int hour = random.nextInt(24);
            int chosen = random.nextInt(ACTIONS.size());
            boolean liked = random.nextDouble() < (chosen == (hour < 12 ? 0 : 1) ? 0.8 : 0.2);
            lines.add(line("vw-" + i, time.plusSeconds(600L * i), hour, chosen, liked ? 1 : 0, i % 3 == 0));
        }
        lines.add(700, "{\"_label_cost\":");
        lines.add(900, lines.get(10).replace("\"_label_probability\":", "\"_label_probability\":1"));
        return lines;
    }

    private static String line(String eventId, Instant time, int hour, int chosen, int reward, boolean words) {
        List<Integer> ranking = new ArrayList<>(List.of(chosen + 1));
        Stream.of(1, 2, 3).filter(one -> one != chosen + 1).forEach(ranking::add);
        StringBuilder multi = new StringBuilder();
        ACTIONS.forEach(action -> multi.append(multi.isEmpty() ? "" : ",")
                .append("{\"_tag\":\"" + action + "\",\"i\":{\"constant\":1,\"id\":\"" + action
                        + "\"},\"j\":[{\"size\":" + action.length() + "}]}"));
        return String.format(
                Locale.ROOT,
                "{\"_label_cost\":-%d.0,\"_label_probability\":0.3333333432674408,\"_label_Action\":%d,\"_labelIndex\":%d,"
                        + "\"o\":[{\"v\":%d.0,\"EventId\":\"%s\",\"ActionTaken\":false}],\"Timestamp\":\"%s\",\"Version\":\"1\","
                        + "\"EventId\":\"%s\",\"a\":%s,\"c\":{\"hour\":%d,\"user\":{\"name\":\"u%d\"}%s,\"_multi\":[%s]},"
                        + "\"p\":[0.3333333432674408,0.3333333432674408,0.3333333432674408],\"VWState\":{\"m\":\"vw/7\"}}",
                reward,
                chosen + 1,
                chosen,
                reward,
                eventId,
                MICROS.format(time),
                eventId,
                ranking.toString().replace(" ", ""),
                hour,
                hour % 5,
                words ? ",\"words\":[{\"words\":\"a\"},{\"words\":\"b, \\\"c\\\"\"}]" : "",
                multi);
    }

    /** The front door, in this process; files are in the test's folder. */
    private static void run(String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(command));
        Stream.of(arguments)
                .map(word -> word.contains(".") ? folder.resolve(word).toString() : word)
                .forEach(words::add);
        if (!command.equals("evaluate")) {
            words.addAll(List.of("--url", url));
        }
        assertThat(Leeway.run(words.toArray(String[]::new))).as("%s", words).isZero();
    }

    private static List<String> sorted(Path file) throws IOException {
        return Files.readAllLines(file).stream().sorted().toList();
    }

    @Test
    @Order(1)
    void theLinesThatCouldBeReadAreInTheLogAndTheOthersAreNamed() throws IOException {
        run("import", "vw.dsjson", "--loop", "first", "--json", "again.json");
        JsonNode again = Json.mapper().readTree(folder.resolve("again.json").toFile());
        assertThat(again.get("accepted").asInt()).isZero();
        assertThat(again.get("duplicates").asInt()).isEqualTo(LINES);
        assertThat(again.get("rejections").findValuesAsText("line")).containsExactlyInAnyOrder("701", "901");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dsjson", "csv", "parquet", "jsonl"})
    @Order(2)
    void whatIsExportedImportedAndExportedAgainIsTheSame(String format) throws IOException {
        run("export", "out." + format, "--loop", "first");
        run("import", "out." + format, "--loop", "second-" + format, "--create");
        run("export", "again." + format, "--loop", "second-" + format);
        Path out = folder.resolve("out." + format);
        Path again = folder.resolve("again." + format);
        if (!format.equals("parquet")) {
            assertThat(sorted(again)).isEqualTo(sorted(out)).hasSize(LINES + (format.equals("csv") ? 1 : 0));
        }
        assertThat(again).hasSameBinaryContentAs(out);
        // From one format to another and back: the rows of a Parquet file are those of the CSV file.
        run("export", "other.csv", "--loop", "second-" + format);
        if (format.equals("parquet")) {
            assertThat(sorted(folder.resolve("other.csv"))).isEqualTo(sorted(folder.resolve("out.csv")));
        }
        System.out.printf(Locale.ROOT, "%-7s %,9d bytes, %,d rows: the same twice%n", format, Files.size(out), LINES);
    }

    /** But for a seventh digit of the time, which Personalizer wrote, and the cost that no default took the place of. */
    @Test
    @Order(3)
    void whatVowpalWabbitWroteComesOutAsItCame() throws IOException {
        List<String> given = new ArrayList<>(lines());
        given.remove(900);
        given.remove(700);
        assertThat(Files.readAllLines(folder.resolve("out.dsjson")).stream()
                        .map(line -> line.replaceFirst("(\"Timestamp\":\"[^\"]*)0Z\"", "$1Z\"")
                                .replaceFirst(",\"_original_label_cost\":-[01]\\.0}$", "}")))
                .containsExactlyElementsOf(given);
    }

    @Test
    @Order(4)
    void anImportedLogIsEvaluated() throws IOException {
        run("evaluate", "--log", "again.dsjson", "--policy", "linucb", "--json", "value.json");
        JsonNode value = Json.mapper().readTree(folder.resolve("value.json").toFile());
        System.out.println(value.get("answer").asText());
        assertThat(value.get("decisions").asInt()).isEqualTo(LINES);
        // Half of the time 0.4 is earned by chance, and 0.8 can be.
        assertThat(value.at("/comparison/lower").asDouble()).isPositive();
    }

    @Test
    @Order(5)
    void anImportedLogIsTrainedOn() {
        run("pipeline", "retrain", "second-dsjson");
        LeewayClient client = new LeewayClient(Addresses.of(url));
        ModelVersion first = client.version("second-dsjson", 1).orElseThrow();
        first.gates().forEach(gate -> System.out.println("gate " + gate.gate() + ": " + gate.reason()));
        assertThat(first.gates()).isNotEmpty().allMatch(gate -> gate.passed());
    }
}
