package io.leeway.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Green taxi rides of New York, 2021: March against February says nothing as it is, and names each fault that is planted into it, and
 * nothing else. Reads {@code LEEWAY_DATA}, else ../shared/data beside the clone; skips without.
 */
class RealMonthsTest {
    @TempDir
    private Path folder;

    private Path february;
    private List<String> header;
    private List<String[]> march;

    @BeforeEach
    void read() throws IOException {
        Path data = Path.of(Objects.requireNonNullElse(System.getenv("LEEWAY_DATA"), "../../shared/data"))
                .resolve("nyc-green-taxi-2021");
        assumeThat(data).as("LEEWAY_DATA must hold nyc-green-taxi-2021").isDirectory();
        february = data.resolve("green_tripdata_2021-02.parquet");
        TableFile table = TableFile.read(data.resolve("green_tripdata_2021-03.parquet"));
        header = table.columns().stream().map(TableColumn::name).toList();
        march = new ArrayList<>();
        for (int row = 0; row < table.rows(); row++) {
            String[] cells = new String[header.size()];
            for (int c = 0; c < cells.length; c++) {
                cells[c] = cell(table.columns().get(c), row);
            }
            march.add(cells);
        }
    }

    private static String cell(TableColumn column, int row) {
        if (column.isMoments()) {
            long moment = column.moment(row);
            return moment == TableColumn.NO_MOMENT
                    ? ""
                    : LocalDateTime.ofEpochSecond(moment, 0, ZoneOffset.UTC).toString();
        }
        String word = column.isWords() ? column.word(row) : number(column.number(row));
        return word == null ? "" : word;
    }

    private static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return Double.isNaN(value) ? null : whole ? Long.toString((long) value) : Double.toString(value);
    }

    private List<String[]> with(String column, UnaryOperator<String> change) {
        int c = header.indexOf(column);
        return march.stream()
                .map(row -> {
                    String[] changed = row.clone();
                    changed[c] = row[c].isEmpty() ? "" : change.apply(row[c]);
                    return changed;
                })
                .toList();
    }

    /** Checks and columns that are found, as in "baseline_drift_check trip_distance". */
    private TreeSet<String> found(List<String[]> rows) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", header));
        rows.forEach(row -> lines.add(String.join(",", row)));
        Path current = Files.write(folder.resolve("current.csv"), lines);
        Path json = folder.resolve("result.json");
        int exit = new CommandLine(new DriftCommand())
                .execute(
                        "check",
                        "--reference",
                        february.toString(),
                        "--current",
                        current.toString(),
                        "--json",
                        json.toString());
        assertThat(exit).isZero();
        TreeSet<String> found = new TreeSet<>();
        for (JsonNode finding : new ObjectMapper().readTree(json.toFile()).get("findings")) {
            found.add(finding.get("check").asText()
                    + (finding.hasNonNull("column")
                            ? " " + finding.get("column").asText()
                            : ""));
        }
        return found;
    }

    @Test
    void marchIsLikeFebruary() throws IOException {
        assertThat(found(march)).isEmpty();
    }

    @Test
    void namesMilesThatBecameKilometres() throws IOException {
        assertThat(found(with("trip_distance", miles -> Double.toString(1.609344 * Double.parseDouble(miles)))))
                .containsExactly("baseline_drift_check trip_distance");
    }

    @Test
    void namesAColumnThatWentBlank() throws IOException {
        assertThat(found(with("fare_amount", fare -> ""))).containsExactly("completeness_check fare_amount");
    }

    @Test
    void namesCategoriesThatWereRenamed() throws IOException {
        assertThat(found(with("store_and_fwd_flag", flag -> flag.equals("N") ? "no" : flag)))
                .contains("categorical_values_check store_and_fwd_flag")
                .allMatch(one -> one.endsWith(" store_and_fwd_flag"));
    }

    @Test
    void namesADayThatWasLoadedTwice() throws IOException {
        int pickup = header.indexOf("lpep_pickup_datetime");
        List<String[]> twice = new ArrayList<>(march);
        march.stream().filter(row -> row[pickup].startsWith("2021-03-10")).forEach(twice::add);
        assertThat(twice).hasSizeGreaterThan(march.size() + 1000);
        assertThat(found(twice)).containsExactly("duplicate_rows_check");
    }
}
