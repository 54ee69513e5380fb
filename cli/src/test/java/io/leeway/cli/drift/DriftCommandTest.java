package io.leeway.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DriftCommandTest {
    private static final String HEADER = "id,time,miles,flag,code";

    @TempDir
    private Path folder;

    private Path reference;
    private List<String> rows;

    @BeforeEach
    void aMonthOfRides() throws IOException {
        reference = write("reference.csv", rides(1, "2021-01"));
        rows = rides(2, "2021-02");
    }

    /** Fixed seeds: each row is independent of the others. */
    private static List<String> rides(int seed, String month) {
        Random random = new Random(seed);
        List<String> rides = new ArrayList<>();
        for (int i = 0; i < 2800; i++) {
            rides.add(String.format(
                    java.util.Locale.ROOT,
                    "%d,%s-%02d %02d:%02d:00,%.3f,%s,%d",
                    seed * 10_000 + i,
                    month,
                    1 + i / 100,
                    random.nextInt(24),
                    random.nextInt(60),
                    Math.exp(0.5 + 0.7 * random.nextGaussian()),
                    random.nextDouble() < 0.95 ? "N" : "Y",
                    1 + random.nextInt(4)));
        }
        return rides;
    }

    @Test
    void findsNothingInAnotherMonthOfTheSame() throws IOException {
        JsonNode result = check(write("current.csv", rows));
        assertThat(result.get("drifted").asBoolean()).isFalse();
        assertThat(result.get("findings")).isEmpty();
        assertThat(result.get("notCompared").has("id")).isTrue();
        JsonNode miles = column(result, "miles");
        assertThat(miles.get("measures").get("kolmogorovSmirnov").get("pValue").asDouble())
                .isGreaterThan(0.01);
        assertThat(miles.get("measures").get("wasserstein").get("value").asDouble())
                .isLessThan(0.2);
    }

    @Test
    void namesAnotherUnit() throws IOException {
        JsonNode finding = only(check(write("km.csv", changed(2, cell -> "" + Double.parseDouble(cell) * 1.609))));
        assertThat(finding.get("check").asText()).isEqualTo("baseline_drift_check");
        assertThat(finding.get("column").asText()).isEqualTo("miles");
        assertThat(finding.get("words").asText()).contains("median", "miles had become kilometres", "KS");
    }

    /** Miles are lognormal: the logarithm of the new ones scatters half again as much around the same middle. */
    @Test
    void namesAChangeOfSpreadSo() throws IOException {
        double middle = Math.exp(0.5);
        JsonNode result = check(
                write("wider.csv", changed(2, cell -> "" + middle * Math.pow(Double.parseDouble(cell) / middle, 1.5))));
        JsonNode finding = only(result);
        assertThat(finding.get("column").asText()).isEqualTo("miles");
        assertThat(finding.get("words").asText()).startsWith("miles: spread ").contains("quartiles");
        assertThat(column(result, "miles").get("change").asText()).isEqualTo("spread");
    }

    /** Rides of code 4 are longer than they were; miles as a whole hardly are. */
    @Test
    void findsWhatMovedInASegmentAndWhatGoesTogether() throws IOException {
        List<String> longer = rows.stream()
                .map(row -> row.endsWith(",4") ? times(row, 2, 2.2) : times(row, 2, 0.8))
                .toList();
        Path current = write("segment.csv", longer);
        JsonNode result = check(current, "--together", "--segment", "code");
        assertThat(result.get("together").get("areaUnderCurve").asDouble()).isGreaterThan(0.55);
        assertThat(result.get("together").get("carriers").get(0).get("column").asText())
                .isIn("miles", "code");
        assertThat(result.get("segments")).hasSize(4);
        result.get("segments").forEach(segment -> assertThat(
                        segment.get("driftedColumns").get(0).asText())
                .isEqualTo("miles"));
        assertThat(result.get("findings").toString())
                .contains("miles where code is \\\"4\\\"", "can be told from old ones");
        JsonNode untouched = check(write("same.csv", rows), "--together", "--segment", "code");
        assertThat(untouched.get("drifted").asBoolean()).isFalse();
        assertThat(untouched.get("together").get("pValue").asDouble()).isGreaterThan(0.01);
        assertThat(run("check", "--reference", reference, "--current", current, "--segment", "none"))
                .isEqualTo(2);
    }

    private static String times(String row, int place, double factor) {
        String[] cells = row.split(",");
        cells[place] = Double.toString(factor * Double.parseDouble(cells[place]));
        return String.join(",", cells);
    }

    @Test
    void namesABlankedColumn() throws IOException {
        JsonNode finding = only(check(write("blank.csv", changed(4, cell -> ""))));
        assertThat(finding.get("check").asText()).isEqualTo("completeness_check");
        assertThat(finding.get("words").asText()).isEqualTo("code: completeness 100.0% → 0.0%");
    }

    @Test
    void namesRenamedCategories() throws IOException {
        JsonNode result = check(write("renamed.csv", changed(3, cell -> cell.equals("N") ? "no" : "yes")));
        assertThat(checks(result)).containsExactlyInAnyOrder("baseline_drift_check", "categorical_values_check");
        assertThat(result.get("driftedColumns")).hasSize(1);
    }

    @Test
    void namesADayThatWasLoadedTwice() throws IOException {
        List<String> twice = new ArrayList<>(rows);
        twice.addAll(rows.subList(1000, 1100));
        JsonNode finding = only(check(write("twice.csv", twice)));
        assertThat(finding.get("check").asText()).isEqualTo("duplicate_rows_check");
        assertThat(finding.get("words").asText()).contains("100 rows", "2021-02-11");
    }

    @Test
    void namesWrongTypesAndColumnsThatCameAndWent() throws IOException {
        JsonNode typed = only(check(write("typed.csv", changed(2, cell -> cell.endsWith("1") ? cell + " mi" : cell))));
        assertThat(typed.get("check").asText()).isEqualTo("data_type_check");
        Path other = folder.resolve("other.csv");
        Files.writeString(other, HEADER.replace("code", "kind") + "\n" + String.join("\n", rows) + "\n");
        assertThat(checks(check(other))).containsExactlyInAnyOrder("missing_column_check", "extra_column_check");
    }

    @Test
    void writesAPageThatStandsAlone() throws IOException {
        Path page = folder.resolve("drift.html");
        Path current = write("km.csv", changed(2, cell -> "" + Double.parseDouble(cell) * 1.609));
        assertThat(run("check", "--reference", reference.toString(), "--current", current.toString(), "--html", page))
                .isZero();
        assertThat(Files.readString(page))
                .contains("<svg", "reference", "current", "as if miles had become kilometres")
                .doesNotContain("<script src", "http://", "https://");
    }

    @Test
    void exitStatusFollowsTheWish() throws IOException {
        Path current = write("blank.csv", changed(4, cell -> ""));
        Object[] words = {"check", "--reference", reference, "--current", current};
        assertThat(run(words)).isZero();
        assertThat(run("check", "--reference", reference, "--current", current, "--fail-on-drift"))
                .isEqualTo(1);
        assertThat(run("check", "--reference", reference)).isEqualTo(2);
        assertThat(run("check", "--reference", reference, "--current", folder.resolve("none.csv")))
                .isEqualTo(2);
        assertThat(run("stream", "--values", current, "--detector", "oracle")).isEqualTo(2);
    }

    /** The reference's own stream: seed 1000, change at item 10,000. ADWIN looks at every 32nd item. */
    @Test
    void saysWhereAStreamChanged() throws IOException {
        Random random = new Random(1000);
        StringBuilder values = new StringBuilder("value\n");
        for (int i = 0; i < 14_000; i++) {
            values.append(random.nextDouble() < (i < 10_000 ? 0.2 : 0.4) ? 1 : 0)
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("stream.csv"), values);
        JsonNode own = stream(file, "e-detector");
        assertThat(own.get("items").asInt()).isEqualTo(14_000);
        assertThat(own.get("positions")).hasSize(1);
        assertThat(own.get("positions").get(0).asInt()).isBetween(10_020, 10_400);
        assertThat(own.get("alarms").get(0).get("changedAt").asInt()).isBetween(9_900, 10_100);
        assertThat(own.get("alarms").get(0).get("words").asText()).contains("rose", "mean 0.2");
        JsonNode adwin = stream(file, "adwin");
        assertThat(adwin.get("positions").get(0).asInt() % 32).isZero();
    }

    private JsonNode stream(Path file, String detector) throws IOException {
        Path json = folder.resolve(detector + ".json");
        Path page = folder.resolve(detector + ".html");
        assertThat(run("stream", "--values", file, "--detector", detector, "--json", json, "--html", page))
                .isZero();
        assertThat(Files.readString(page)).contains("<svg", "alarm");
        return new ObjectMapper().readTree(json.toFile());
    }

    private JsonNode check(Path current, String... more) throws IOException {
        Path json = folder.resolve("result.json");
        List<Object> words =
                new ArrayList<>(List.of("check", "--reference", reference, "--current", current, "--json", json));
        words.addAll(List.of(more));
        assertThat(run(words.toArray())).isZero();
        return new ObjectMapper().readTree(json.toFile());
    }

    private static JsonNode only(JsonNode result) {
        assertThat(result.get("findings")).as("%s", result.get("findings")).hasSize(1);
        return result.get("findings").get(0);
    }

    private static List<String> checks(JsonNode result) {
        List<String> checks = new ArrayList<>();
        result.get("findings")
                .forEach(finding -> checks.add(finding.get("check").asText()));
        return checks;
    }

    private static JsonNode column(JsonNode result, String name) {
        for (JsonNode column : result.get("columns")) {
            if (column.get("column").asText().equals(name)) {
                return column;
            }
        }
        throw new AssertionError("no column " + name);
    }

    private List<String> changed(int place, UnaryOperator<String> change) {
        return rows.stream()
                .map(row -> {
                    String[] cells = row.split(",");
                    cells[place] = change.apply(cells[place]);
                    return String.join(",", cells);
                })
                .toList();
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.writeString(folder.resolve(name), HEADER + "\n" + String.join("\n", lines) + "\n");
    }

    private static int run(Object... words) {
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].toString();
        }
        return new CommandLine(new DriftCommand()).execute(arguments);
    }
}
