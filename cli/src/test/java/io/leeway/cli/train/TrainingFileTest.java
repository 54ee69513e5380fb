package io.leeway.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.cli.CommandException;
import io.leeway.cli.Root;
import io.leeway.cli.Run;
import io.leeway.cli.loop.LoopFile;
import io.leeway.contracts.LoopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingFileTest {
    private static final Map<String, Object> ROW = Map.of(
            "at",
            "2021-02-03 18:45:00",
            "end",
            "2021-02-03T19:00:30",
            "zone",
            74.0,
            "to",
            "75",
            "miles",
            2.5,
            "far",
            1e5);

    @TempDir
    Path folder;

    @Test
    void termsMakeValuesOfColumns() {
        assertThat(value("number(miles)")).isEqualTo(2.5);
        assertThat(value("number(far, 0, 100)")).isNull();
        assertThat(value("log(miles, 0.1, 100)")).isEqualTo(0.9163);
        assertThat(value("category(zone)")).isEqualTo("74");
        assertThat(value("pair(zone, to)")).isEqualTo("74-75");
        assertThat(value("pair(zone, nowhere)")).isNull();
        assertThat(value("missing(nowhere)")).isEqualTo(true);
        assertThat(value("minutes(at, end)")).isEqualTo(15.5);
        assertThat(value("hour(at)")).isEqualTo(18.75);
        assertThat(value("hourOfDay(at)")).isEqualTo("18");
        assertThat(value("weekday(at)")).isEqualTo("WEDNESDAY");
        assertThat(value("sine(at, 24)")).isEqualTo(-0.9808);
        assertThat(value("cosine(at, 12)")).isEqualTo(-0.9239);
        for (String wrong :
                List.of("miles", "number()", "pair(zone)", "log(miles)", "guess(miles)", "number(miles, a, b)")) {
            assertThatThrownBy(() -> value(wrong))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining(wrong);
        }
    }

    @Test
    void whatOnlyTheRewardKnowsIsNoContext() throws IOException {
        Path leak = write("leak.yaml", """
            kind: regression
            data: {time: at, reward: "minutes(at, end)", context: {late: hour(end)}}
            """);
        assertThatThrownBy(() -> Recipe.of(LoopFile.read(leak).settings())).hasMessageContaining("data.context.late");
        Path word = write("word.yaml", "kind: regression\ndata: {rewad: number(x)}\n");
        assertThatThrownBy(() -> Recipe.of(LoopFile.read(word).settings())).hasMessageContaining("data.rewad");
    }

    @Test
    void aTableOfRidesBecomesRowsInTheOrderOfTime() throws IOException {
        LoopSettings taxi = LoopFile.read(Root.path().resolve("taxi.yaml")).settings();
        Path rides = write("rides.csv", """
            lpep_pickup_datetime,lpep_dropoff_datetime,PULocationID,DOLocationID,trip_distance,passenger_count,VendorID,trip_type
            2021-01-01 10:00:00,2021-01-01 10:12:30,74,75,2.5,1,2,1
            2021-01-01 09:00:00,2021-01-01 09:20:00,75,74,70000,,2,
            2021-01-01 11:00:00,2021-01-01 11:00:30,74,74,0.1,1,2,1
            """);
        TrainingFile.Made made = TrainingFile.make(rides, taxi, folder.resolve("rides.jsonl"));
        List<String> lines = Files.readAllLines(made.file());
        assertThat(made.read()).isEqualTo(3);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .contains("\"reward\":20.0", "\"dispatched\":true", "\"zones\":\"75-74\"")
                .doesNotContain("istance", "passengers", "dropoff_datetime");
        assertThat(lines.get(1)).contains("\"reward\":12.5", "\"distance\":2.5", "\"dispatched\":false");
    }

    @Test
    void aTableWithProbabilitiesBecomesDecisions() throws IOException {
        Path loop = write("shop.yaml", "kind: bandit\ndata: {reward: number(click), probability: p, action: item}\n");
        Path log = write("log.csv", """
            ,time,item,p,click,colour
            0,2021-01-01 10:00:00,7,0.25,0,red
            1,2021-01-01 09:00:00,12,0.5,1,blue
            2,2021-01-01 09:30:00,7,0,1,blue
            """);
        TrainingFile.Made made = TrainingFile.make(log, LoopFile.read(loop).settings(), folder.resolve("log.jsonl"));
        List<String> lines = Files.readAllLines(made.file());
        // A probability of 0 cannot have happened.
        assertThat(lines).hasSize(2);
        assertThat(made.faults()).isEqualTo(1);
        assertThat(made.fault()).isEqualTo("row 3: must be in (0, 1]: p=0.0");
        assertThat(lines.get(0))
                .isEqualTo(
                        "{\"actions\":[{\"id\":\"12\"},{\"id\":\"7\"}],\"chosen\":0,\"context\":{\"colour\":\"blue\"},"
                                + "\"eventId\":\"row-000000001\",\"probabilities\":[0.5,0.0],\"probability\":0.5,\"reward\":1.0,"
                                + "\"time\":\"2021-01-01T09:00:00Z\"}");
    }

    @Test
    void aLogLosesItsBadLinesAndTellsTheFirst() throws IOException {
        String good = "{\"_label_cost\":-1,\"_label_probability\":0.8,\"_label_Action\":1,\"_labelIndex\":0,"
                + "\"Timestamp\":\"2021-01-01T09:00:00Z\",\"EventId\":\"e1\",\"a\":[1,2],\"c\":{\"x\":1,\"_multi\":"
                + "[{\"i\":{\"id\":\"a\"}},{\"i\":{\"id\":\"b\"}}]},\"p\":[0.8,0.2]}";
        Path loop = write("shop.yaml", "kind: bandit\n");
        Path log = write("log.json", good + "\nnonsense\n");
        TrainingFile.Made made = TrainingFile.make(log, LoopFile.read(loop).settings(), folder.resolve("log.jsonl"));
        assertThat(made.rows()).isEqualTo(1);
        assertThat(made.fault()).startsWith("line 2");
        assertThat(Files.readString(made.file())).contains("\"reward\":1.0", "\"probabilities\":[0.8,0.2]");
    }

    @Test
    void logsThatCannotBeLearnedFromAreRefusedInWords() throws IOException {
        Path loop = write("shop.yaml", "kind: bandit\ndata: {reward: number(click), probability: p, action: item}\n");
        refuses(loop, write("none.csv", "time,item,click\n2021-01-01,7,1\n"), "p");
        refuses(
                loop,
                write("zero.csv", "time,item,p,click\n2021-01-01,7,0,1\n2021-01-02,8,,1\n"),
                "must have rows to learn from",
                "row 1: must be in (0, 1]: p=0");
        refuses(
                loop,
                write("bare.json", "{\"action\":\"a\",\"actions\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"reward\":1}\n"),
                "line 1",
                "probability");
        Path known = write(
                "known.yaml",
                "kind: bandit\nactions: [{id: '8'}, {id: '9'}]\n"
                        + "data: {reward: number(click), probability: p, action: item}\n");
        refuses(
                known,
                write("other.csv", "time,item,p,click\n2021-01-01,7,0.5,1\n"),
                "must be one of the loop's actions: action=7");
    }

    private void refuses(Path loop, Path log, String... words) {
        assertThatThrownBy(
                        () -> TrainingFile.make(log, LoopFile.read(loop).settings(), folder.resolve("refused.jsonl")))
                .isInstanceOf(CommandException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void wrongUseIsNamed() {
        assertThat(Run.of("train", "--loop", "taxi.yaml").status()).isEqualTo(2);
        Run run = Run.of(
                "train", "--loop", "taxi.yaml", "--data", folder.resolve("none").toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("must be a file that can be read");
    }

    private static Object value(String term) {
        return Term.parse("data.context.x", term).of(ROW);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
