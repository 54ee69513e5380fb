package io.leeway.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.contracts.Json;
import io.leeway.contracts.rest.HistoryLine;
import io.leeway.core.logs.LogFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {
    private static final List<HistoryLine> LINES =
            Samples.FEEDBACK.stream().map(HistoryLines::of).toList();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"JSONL", "CSV", "PARQUET"})
    void whatIsWrittenIsReadAgain(Format format) throws IOException {
        Path file = written("history", format, false);
        assertThat(Format.of(file)).isEqualTo(format);
        Kept kept = read(file);
        assertThat(kept.refused).isEmpty();
        assertThat(kept.lines).hasSameSizeAs(LINES);
        for (int i = 0; i < LINES.size(); i++) {
            assertThat(Json.mapper().readTree(kept.lines.get(i)))
                    .isEqualTo(Json.mapper().readTree(Json.text(LINES.get(i))));
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void theSameRowsGiveTheSameBytesAlsoOnceMoreAround(Format format) throws IOException {
        Path first = written("first", format, false);
        assertThat(written("again", format, false)).hasSameBinaryContentAs(first);
        List<HistoryLine> read = new ArrayList<>();
        for (String line : read(first).lines) {
            read.add(Json.read(line, HistoryLine.class));
        }
        Path around = folder.resolve("around");
        write(around, read, format, false);
        assertThat(around).hasSameBinaryContentAs(first);
    }

    /** The library writes them in the order of a hash set, which is another one in each JVM. */
    @Test
    void theFooterOfAParquetFileDoesNotDependOnTheJvm() throws IOException {
        Path file = written("footer", Format.PARQUET, false);
        byte[] reversed = Files.readAllBytes(file);
        FileMetaData footer = footer(file);
        int before = 0;
        for (ColumnChunk column : footer.getRow_groups().get(0).getColumns()) {
            List<Encoding> encodings = column.getMeta_data().getEncodings();
            assertThat(encodings).isSortedAccordingTo(Comparator.comparingInt(Encoding::getValue));
            before += encodings.size() > 1 ? 1 : 0;
            Collections.reverse(encodings);
        }
        assertThat(before).as("columns with something to order").isPositive();
        int length = ByteBuffer.wrap(reversed).order(ByteOrder.LITTLE_ENDIAN).getInt(reversed.length - 8);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, written);
        assertThat(written.size()).isEqualTo(length);
        System.arraycopy(written.toByteArray(), 0, reversed, reversed.length - 8 - length, length);
        Path other = Files.write(folder.resolve("other"), reversed);
        assertThat(Files.mismatch(other, file)).isNotEqualTo(-1);
        ParquetFooter.order(other);
        assertThat(other).hasSameBinaryContentAs(file);
    }

    private static FileMetaData footer(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
        return Util.readFileMetaData(new ByteArrayInputStream(bytes, bytes.length - 8 - length, length));
    }

    @Test
    void dsjsonSaysWhatHappened() throws IOException {
        List<String> lines = Files.readAllLines(written("log", Format.DSJSON, false));
        assertThat(lines.get(0))
                .startsWith("{\"_label_cost\":-0.75,\"_label_probability\":0.25,\"_label_Action\":1,\"_labelIndex\":0,"
                        + "\"o\":[{\"v\":0.5,\"EventId\":\"e1\",\"ActionTaken\":false},{\"v\":0.25,")
                .contains(
                        "\"Timestamp\":\"2026-11-21T10:00:00.1234560Z\",\"Version\":\"1\",\"EventId\":\"e1\",\"a\":[1,2],\"c\":{")
                .contains(
                        "\"_multi\":[{\"_tag\":\"politics\",\"i\":{\"constant\":1,\"id\":\"politics\"},\"j\":[{\"topic\":1}]},")
                .doesNotContain("gone")
                .endsWith("\"p\":[0.25,0.75],\"VWState\":{\"m\":\"news/3\"},\"_original_label_cost\":-0.75}");
        assertThat(lines.get(1))
                .contains("\"_slots\":[{\"_id\":\"top\",\"size\":2},{\"_id\":\"side\"}]")
                .contains("\"_id\":\"top\",\"_a\":[1,0],\"_p\":[0.6,0.4],\"_o\":[{\"EventId\":\"e2\",\"Index\":\"top\","
                        + "\"ActionTaken\":true},{\"v\":1.0,");
        assertThat(lines.get(2))
                .contains("\"o\":[]", "\"a\":[2,1]", "\"VWState\":{\"m\":\"vw/7\"},\"pdrop\":0.5,")
                .doesNotContain("\"p\":");
    }

    @Test
    void whatIsNotSaidIsTheSameEachTime() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bare.json"),
                "{\"_label_cost\":-1,\"_label_probability\":0.5,\"_labelIndex\":0,\"c\":{\"_multi\":[{\"x\":1},{\"x\":2}]}}\n"
                        + "{\"_label_cost\":-1,\"_label_probability\":0.5,\"_labelIndex\":1,\"_skipLearn\":true,"
                        + "\"c\":{\"_multi\":[{\"x\":1},{\"x\":2}]}}\n"
                        + "\n"
                        + "{\"_label_cost\":-1,\"_label_probability\":0.67,\"a\":[1,2],\"p\":[0.67,0.32996],\"_labelIndex\":0,"
                        + "\"c\":{\"_multi\":[{\"x\":1},{\"x\":2}]},\"Timestamp\":\"yesterday\"}\n"
                        + "{\"_label_cost\":-1,\"_label_probability\":0.67,\"a\":[1,2],\"p\":[0.67,0.32996],\"_labelIndex\":0,"
                        + "\"c\":{\"_multi\":[{\"x\":1},{\"x\":2}]},\"Timestamp\":\"2026-01-01T01:00:00+01:00\"}\n");
        Kept kept = read(file);
        assertThat(kept.refused).containsExactly("4: must be an ISO 8601 time with its zone: Timestamp=yesterday");
        assertThat(kept.notActivated).containsExactly(2L);
        HistoryLine first = Json.read(kept.lines.get(0), HistoryLine.class);
        assertThat(first.eventId()).hasSize(32);
        assertThat(first.time())
                .isEqualTo(Files.getLastModifiedTime(file).toInstant().plusMillis(1));
        HistoryLine rounded = Json.read(kept.lines.get(1), HistoryLine.class);
        assertThat(rounded.time()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(rounded.probability()).isEqualTo(0.67 / 0.99996);
        assertThat(rounded.probabilities().stream()
                        .mapToDouble(p -> p.probability())
                        .sum())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "17",
                "1e5",
                "-0",
                "true",
                "null",
                "",
                " padded ",
                "[1]",
                "{",
                "\"quoted\"",
                "plain",
                "a,b",
                "line\nbreak",
                "007",
                "NaN",
                "nullable",
                "-"
            })
    void cellsKeepTexts(String text) {
        assertThat(Cell.read(Cell.written(text, false), false)).isEqualTo(text);
    }

    @Test
    void cellsAreReadableWhereTheyCan() {
        assertThat(Cell.written("red", false)).isEqualTo("red");
        assertThat(Cell.written("17", false)).isEqualTo("\"17\"");
        assertThat(Cell.written("17", true)).isEqualTo("17");
        assertThat(Cell.written(17, false)).isEqualTo("17");
        assertThat(Cell.read("", false)).isNull();
    }

    @Test
    void tablesThatPeopleMadeAreRead() throws IOException {
        Path file = Files.writeString(
                folder.resolve("people.csv"),
                "eventId,time,action,probability,reward,context.age\n"
                        + "1,2026-01-01T00:00:00Z,a,0.5,1,31\n"
                        + "2,2026-01-01T00:00:00Z,b,much,1,\n"
                        + "3,2026-01-01T00:00:00Z\n"
                        + "4,2026-01-01T00:00:00Z,b,0.5,0,\n");
        Kept kept = read(file);
        assertThat(kept.lines).hasSize(2);
        assertThat(kept.lines.get(0))
                .isEqualTo(
                        "{\"eventId\":\"1\",\"time\":\"2026-01-01T00:00:00Z\",\"context\":{\"age\":31},\"action\":\"a\","
                                + "\"probability\":0.5,\"reward\":1.0}");
        assertThat(kept.refused).hasSize(2);
        assertThat(kept.refused.get(0)).startsWith("3: ").contains("probability");
        assertThat(kept.refused.get(1)).startsWith("4: ").contains("cells=2");
    }

    @Test
    void predictionsAreNoDecisionServiceLog() {
        HistoryLine ride = Json.read(
                "{\"eventId\":\"e\",\"time\":\"2026-01-01T00:00:00Z\",\"reward\":3,\"prediction\":2}",
                HistoryLine.class);
        assertThatThrownBy(() -> DsjsonHistory.write(ride, "rides"))
                .isInstanceOf(LogFormatException.class)
                .hasMessageContaining("eventId=e");
    }

    private Path written(String name, Format format, boolean zipped) throws IOException {
        Path file = folder.resolve(name + "." + format.name().toLowerCase(java.util.Locale.ROOT));
        write(file, LINES, format, zipped);
        return file;
    }

    private static void write(Path file, List<HistoryLine> lines, Format format, boolean zipped) throws IOException {
        try (WholeFile whole = new WholeFile(file)) {
            Writing.write(
                    use -> {
                        for (HistoryLine line : lines) {
                            use.row(line);
                        }
                    },
                    format,
                    "news",
                    whole,
                    zipped);
            whole.keep();
        }
    }

    private static Kept read(Path file) throws IOException {
        Kept kept = new Kept();
        new HistoryFile(file).read(kept, bytes -> {});
        return kept;
    }

    private static final class Kept implements Sink {
        private final List<String> lines = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();
        private final List<Long> notActivated = new ArrayList<>();

        @Override
        public void take(long number, HistoryLine line) {
            lines.add(Json.text(line));
        }

        @Override
        public void refuse(long number, String reason) {
            refused.add(number + ": " + reason);
        }

        @Override
        public void notActivated(long number) {
            notActivated.add(number);
        }
    }
}
