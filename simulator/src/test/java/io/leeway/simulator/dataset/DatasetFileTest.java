package io.leeway.simulator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.simulator.Data;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetFileTest {
    @TempDir
    private Path folder;

    @Test
    void csvIsReadWithQuotesMissingCellsAndKindsByColumn() {
        Dataset read = read("a.csv", """
                age,"full, name",note,empty
                39,"Smith, ""Jo\""","two
                lines",
                , Ann ,?,NA

                -1.5e2,x,3,
                """);
        assertThat(read.rows()).isEqualTo(3);
        assertThat(values(read, "age")).containsExactly(39.0, null, -150.0);
        assertThat(values(read, "full, name")).containsExactly("Smith, \"Jo\"", "Ann", "x");
        assertThat(values(read, "note")).containsExactly("two\nlines", null, "3");
        assertThat(values(read, "empty")).containsExactly(null, null, null);
        assertThat(read.name()).isEqualTo("a");
    }

    @Test
    void gzipSemicolonsTabsAndAByteOrderMarkAreSeenFromTheContent() throws IOException {
        Path file = folder.resolve("b.data");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("\uFEFFx;y\n1;a,b\n2;c\n".getBytes(StandardCharsets.UTF_8));
        }
        Dataset read = DatasetFile.read(file);
        assertThat(values(read, "x")).containsExactly(1.0, 2.0);
        assertThat(values(read, "y")).containsExactly("a,b", "c");
        assertThat(values(read("c.tsv", "x\ty\n1\t2, 3\n"), "y")).containsExactly("2, 3");
    }

    @Test
    void whatLooksLikeANumberMayBeWords() {
        Dataset asWords = DatasetFile.read(write("d.csv", "zip,n\n0123,1\n1.0,2\n"), "zip"::equals);
        assertThat(values(asWords, "zip")).containsExactly("0123", "1.0");
        // Java takes 1f and 0x10 for numbers; people do not.
        assertThat(values(read("e.csv", "code\n1f\n2\n"), "code")).containsExactly("1f", "2");
        assertThat(values(read("f.csv", "code\n0x10\n"), "code")).containsExactly("0x10");
    }

    @Test
    void arffIsReadDenseAndSparse() {
        Dataset read = read("g.arff", """
                % a comment
                @RELATION 'my cars'
                @attribute length REAL
                @attribute 'body kind' {sedan, 'station wagon', "7"}
                @ATTRIBUTE wheels integer
                @attribute plate string

                @data
                4.5,'station wagon',4,'A-1, \\'x\\''
                ?,7,?,?
                {1 sedan, 2 3}
                """);
        assertThat(values(read, "length")).containsExactly(4.5, null, 0.0);
        assertThat(values(read, "body kind")).containsExactly("station wagon", "7", "sedan");
        assertThat(values(read, "wheels")).containsExactly(4.0, null, 3.0);
        assertThat(values(read, "plate")).startsWith("A-1, 'x'", null);
    }

    @Test
    void jsonLinesBecomeColumnsByPath() {
        Dataset read = read("k.jsonl", """
                {"user": {"age": 39, "plan": "free"}, "sizes": [1, 2.5], "ok": true}

                {"user": {"age": null}, "late": "x", "ok": false}
                """);
        assertThat(values(read, "user.age")).containsExactly(39.0, null);
        assertThat(values(read, "user.plan")).containsExactly("free", null);
        assertThat(values(read, "sizes.1")).containsExactly(2.5, null);
        assertThat(values(read, "ok")).containsExactly(1.0, 0.0);
        assertThat(values(read, "late")).containsExactly(null, "x");
    }

    @Test
    void parquetIsRead() {
        Dataset rides = DatasetFile.read(Data.folder("nyc-green-taxi-2021").resolve("green_tripdata_2021-02.parquet"));
        // As published: 64,572 trips in February 2021.
        assertThat(rides.rows()).isEqualTo(64_572);
        assertThat(rides.column("trip_distance")).isInstanceOf(Column.Numbers.class);
        assertThat(rides.column("store_and_fwd_flag")).isInstanceOf(Column.Words.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b\\n1,2\\n3\\n|must have as many cells as the header, 2: file=FILE, row=2 (line 3), cells=1",
                "a,b\\n1,2\\n3,1e999\\n|must be finite: file=FILE, column=b, row=2 (line 3), value=1e999",
                "a,b\\n1,2\\n3,-Inf\\n|must be finite: file=FILE, column=b, row=2 (line 3), value=-Inf",
                "a,a\\n1,2\\n|must be there once: file=FILE, column=a",
                "a,\\n1,2\\n|must have a name: file=FILE, column=2",
                "a,b\\n|must have rows: file=FILE",
                "''|must have a header and rows, is empty: file=FILE",
                "a,b\\n1,\"2\\n|must end with a quote, the file ends before: file=FILE, line=2",
                "@relation x\\n@attribute a real\\n@data\\nfour\\n|must be a number: file=FILE, column=a, row=1 (line 4), value=four",
                "@relation x\\n@attribute a strange\\n@data\\n|must be numeric, string, date or {...}: file=FILE, column=a, type=strange",
                "@relation x\\n@attribute a real\\n@data\\n{7 1}\\n|must be INDEX VALUE with an index from 0 to 0: file=FILE, row=1 (line 4), value=7 1",
                "{\"a\":1}\\n[2]\\n|must be a JSON object: file=FILE, line=2",
            })
    void whatCannotBeReadIsRefusedByFileColumnRowAndValue(String content, String message) {
        Path file = write("bad", content.replace("\\n", "\n"));
        assertThatThrownBy(() -> DatasetFile.read(file))
                .isInstanceOf(DatasetException.class)
                .hasMessage(message.replace("FILE", file.toString()));
    }

    @Test
    void anUnknownColumnIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> read("h.csv", "a,b\n1,2\n").column("lable"))
                .isInstanceOf(UnknownColumnException.class)
                .hasMessageContaining("column=lable; there are a, b");
    }

    @Test
    void standardisingTakesTheWholeColumnOrWhatHasCome() {
        Column.Numbers column =
                (Column.Numbers) read("i.csv", "x,y\n1,a\n,a\n3,a\n8,a\n").column("x");
        // Mean 4, variance (9 + 1 + 16) / 3.
        double deviation = Math.sqrt(26 / 3.0);
        assertThat(column.standardised().number(0)).isCloseTo(-3 / deviation, within(1e-12));
        assertThat(column.standardised().number(3)).isCloseTo(4 / deviation, within(1e-12));
        assertThat(column.standardised().present(1)).isFalse();
        Column.Numbers running = column.standardisedAsTheyCome();
        assertThat(running.number(0)).isZero();
        // 1 and 3: mean 2, standard deviation sqrt(2).
        assertThat(running.number(2)).isCloseTo(1 / Math.sqrt(2), within(1e-12));
        assertThat(running.present(1)).isFalse();
        // What comes later must not show.
        Column.Numbers prefix = column.select(new int[] {0, 1, 2}).standardisedAsTheyCome();
        assertThat(prefix.number(2)).isEqualTo(running.number(2));
    }

    @Test
    void columnsOfNoughtsAndOnesAreIndicators() {
        Dataset read = read("j.csv", "a,b,c\n1,0,2\n0,,1\n1,0,0\n");
        assertThat(((Column.Numbers) read.column("a")).isIndicator()).isTrue();
        assertThat(((Column.Numbers) read.column("b")).isIndicator()).isTrue();
        assertThat(((Column.Numbers) read.column("c")).isIndicator()).isFalse();
    }

    @Test
    void anOrderNamesRowsAndNothingElse() {
        assertThat(OrderFile.read(write("o.txt", "2\n0\n\n2\n1\n1\n"), 3)).containsExactly(2, 0, 2, 1, 1);
        Path wrong = write("w.txt", "0\n3\n");
        assertThatThrownBy(() -> OrderFile.read(wrong, 3))
                .hasMessage("must be a row number from 0 to 2: file=" + wrong + ", line=2, value=3");
        Path words = write("v.txt", "first\n");
        assertThatThrownBy(() -> OrderFile.read(words, 3)).hasMessageContaining("value=first");
    }

    private Dataset read(String name, String content) {
        return DatasetFile.read(write(name, content));
    }

    private Path write(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static List<Object> values(Dataset dataset, String column) {
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < dataset.rows(); row++) {
            values.add(dataset.column(column).value(row));
        }
        return values;
    }
}
