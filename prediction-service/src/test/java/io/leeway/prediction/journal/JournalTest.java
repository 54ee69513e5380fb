package io.leeway.prediction.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final int SEGMENT = 1024;
    private static final long ROOMY = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void recordsAreReadInTheirOrderOverManySegments() {
        try (Journal journal = open(ROOMY)) {
            List<String> written = append(journal, 0, 200);
            assertThat(readAll(journal.reader())).isEqualTo(written);
            assertThat(journal.backlogRecords()).isEqualTo(200);
            assertThat(journal.backlogBytes()).isBetween(200L * 16, 200L * 64);
        }
    }

    @Test
    void whatWasNotShippedIsThereAfterARestartAndOnlyThat() {
        List<String> written;
        try (Journal journal = open(ROOMY)) {
            written = append(journal, 0, 100);
            Journal.Reader reader = journal.reader();
            for (int i = 0; i < 37; i++) {
                reader.next();
            }
            journal.markShipped(reader.position(), 37);
        }
        try (Journal journal = open(ROOMY)) {
            assertThat(journal.recoveredRecords()).isEqualTo(63);
            written.addAll(append(journal, 100, 50));
            assertThat(readAll(journal.reader())).isEqualTo(written.subList(37, 150));
            assertThat(journal.backlogRecords()).isEqualTo(113);
        }
    }

    @Test
    void severalRestartsInARowLoseNothing() {
        List<String> written = new ArrayList<>();
        for (int run = 0; run < 5; run++) {
            try (Journal journal = open(ROOMY)) {
                written.addAll(append(journal, run * 10, 10));
            }
        }
        try (Journal journal = open(ROOMY)) {
            assertThat(readAll(journal.reader())).isEqualTo(written);
        }
    }

    @Test
    void aTornEndAtAnyByteLosesNothingButTheTornRecord() throws IOException {
        Path original = directory.resolve("original");
        List<String> written;
        List<Integer> ends = new ArrayList<>();
        try (Journal journal = Journal.open(original, 4096, ROOMY)) {
            written = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                written.addAll(append(journal, i, 1));
                ends.add((int) journal.end());
            }
        }
        Path file = segments(original).get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int kept = Segment.HEADER_BYTES; kept <= ends.get(7); kept++) {
            Path copy = directory.resolve("copy-" + kept);
            Files.createDirectory(copy);
            Files.copy(original.resolve("shipped"), copy.resolve("shipped"), StandardCopyOption.REPLACE_EXISTING);
            byte[] torn = whole.clone();
            java.util.Arrays.fill(torn, kept, torn.length, (byte) 0);
            Files.write(copy.resolve(file.getFileName()), torn);
            int at = kept;
            try (Journal journal = Journal.open(copy, 4096, ROOMY)) {
                List<String> read = readAll(journal.reader());
                // A record's last bytes may be padding or zeros: then it is whole although the cut lies before its end.
                long least = ends.stream().filter(end -> end <= at).count();
                assertThat(read).isEqualTo(written.subList(0, read.size()));
                assertThat((long) read.size()).as("cut at %d", kept).isBetween(least, least + 1);
                append(journal, 99, 1);
                assertThat(readAll(journal.reader())).endsWith("record 99 ".repeat(3));
            }
        }
    }

    @Test
    void aFlippedBitIsNeverReadAsARecord() throws IOException {
        try (Journal journal = open(ROOMY)) {
            append(journal, 0, 5);
        }
        Path file = segments(directory).get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[Segment.HEADER_BYTES + 2 * Segment.room(30) + Segment.FRAME_BYTES + 3] ^= 4;
        Files.write(file, bytes);
        try (Journal journal = open(ROOMY)) {
            assertThat(readAll(journal.reader())).hasSize(2);
        }
    }

    @Test
    void refusesAtItsBoundAndTakesAgainOnceSomethingWasShipped() {
        try (Journal journal = open(4 * SEGMENT)) {
            List<String> taken = new ArrayList<>();
            assertThatThrownBy(() -> {
                        for (int i = 0; ; i++) {
                            taken.addAll(append(journal, i, 1));
                        }
                    })
                    .isInstanceOf(JournalFullException.class);
            assertThat(taken).hasSizeBetween(60, 120);
            Journal.Reader reader = journal.reader();
            assertThat(readAll(reader)).isEqualTo(taken);
            journal.markShipped(reader.position(), taken.size());
            append(journal, 1000, 20);
            assertThat(readAll(reader)).hasSize(20);
        }
    }

    @Test
    void aFullJournalOpens() {
        try (Journal journal = open(2 * SEGMENT)) {
            assertThatThrownBy(() -> append(journal, 0, 1000)).isInstanceOf(JournalFullException.class);
        }
        try (Journal journal = open(2 * SEGMENT)) {
            Journal.Reader reader = journal.reader();
            int records = readAll(reader).size();
            assertThat(records).isGreaterThan(20);
            assertThatThrownBy(() -> append(journal, 0, 1000)).isInstanceOf(JournalFullException.class);
            readAll(reader);
            journal.markShipped(reader.position(), journal.backlogRecords());
            append(journal, 0, 10);
        }
    }

    /** A process that could not start could not ship what is in its journal, nor refuse by name. */
    @Test
    void opensOnADiskWithoutRoomShipsWhatIsThereAndTakesAgain() {
        List<String> written;
        try (Journal journal = open(ROOMY)) {
            written = append(journal, 0, 100);
        }
        SmallDisk disk = new SmallDisk();
        try (Journal journal = Journal.open(directory, SEGMENT, ROOMY, disk)) {
            assertThat(journal.recoveredRecords()).isEqualTo(100);
            assertThatThrownBy(() -> append(journal, 100, 1)).isInstanceOf(JournalFullException.class);
            Journal.Reader reader = journal.reader();
            assertThat(readAll(reader)).isEqualTo(written);
            journal.markShipped(reader.position(), 100);
            assertThat(journal.backlogRecords()).isZero();
            // The files that are shipped are used again: the disk itself still has no room.
            written.addAll(append(journal, 100, 5));
            assertThat(readAll(journal.reader())).isEqualTo(written.subList(100, 105));
        }
    }

    @Test
    void opensForTheFirstTimeOnADiskWithoutRoom() {
        SmallDisk disk = new SmallDisk();
        List<String> written = new ArrayList<>();
        try (Journal journal = Journal.open(directory, SEGMENT, ROOMY, disk)) {
            assertThatThrownBy(() -> append(journal, 0, 1)).isInstanceOf(JournalFullException.class);
            assertThat(journal.reader().next()).isFalse();
            disk.makeRoom(3);
            await().atMost(PATIENCE).until(() -> catchThrowable(() -> written.addAll(append(journal, 0, 10))) == null);
            assertThat(readAll(journal.reader())).isEqualTo(written).hasSize(10);
        }
        try (Journal journal = open(ROOMY)) {
            assertThat(readAll(journal.reader())).isEqualTo(written);
        }
    }

    @Test
    void filesAreUsedAgainAndTheirOldRecordsNeverRead() {
        try (Journal journal = open(ROOMY)) {
            Journal.Reader reader = journal.reader();
            for (int round = 0; round < 50; round++) {
                List<String> written = append(journal, round * 100, 40);
                assertThat(readAll(reader)).isEqualTo(written);
                journal.markShipped(reader.position(), 40);
                assertThat(journal.backlogBytes()).isZero();
            }
        }
        assertThat(segments(directory)).hasSize(1);
        try (Journal journal = open(ROOMY)) {
            assertThat(journal.recoveredRecords()).isZero();
        }
    }

    @Test
    void manyWritersAndAReaderAgree() throws InterruptedException {
        int perWriter = 5_000;
        try (Journal journal = Journal.open(directory, 1 << 16, 1 << 26)) {
            List<Thread> writers = IntStream.range(0, 4)
                    .mapToObj(w -> new Thread(() -> {
                        for (int i = 0; i < perWriter; i++) {
                            byte[] bytes = (w + ":" + i).getBytes(UTF_8);
                            journal.append(bytes, 0, bytes.length);
                        }
                    }))
                    .toList();
            writers.forEach(Thread::start);
            int[] next = new int[4];
            Journal.Reader reader = journal.reader();
            for (int read = 0; read < 4 * perWriter; ) {
                if (!reader.next()) {
                    Thread.onSpinWait();
                    continue;
                }
                String[] parts = new String(reader.payload(), 0, reader.length(), UTF_8).split(":");
                int writer = Integer.parseInt(parts[0]);
                assertThat(Integer.parseInt(parts[1])).isEqualTo(next[writer]++);
                if (++read % 100 == 0) {
                    journal.markShipped(reader.position(), 100);
                }
            }
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(journal.backlogRecords()).isZero();
        }
    }

    @Test
    void aSecondProcessIsRefusedByName() {
        try (Journal journal = open(ROOMY)) {
            assertThat(journal.end()).isPositive();
            assertThatThrownBy(() -> open(ROOMY)).hasMessageContaining("journal directory=" + directory);
        }
    }

    private Journal open(long bound) {
        return Journal.open(directory, SEGMENT, bound);
    }

    private static List<String> append(Journal journal, int from, int count) {
        List<String> written = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            String text = ("record " + i + " ").repeat(3);
            byte[] bytes = text.getBytes(UTF_8);
            journal.append(bytes, 0, bytes.length);
            written.add(text);
        }
        return written;
    }

    static List<String> readAll(Journal.Reader reader) {
        List<String> read = new ArrayList<>();
        while (reader.next()) {
            read.add(new String(reader.payload(), 0, reader.length(), UTF_8));
        }
        return read;
    }

    private static List<Path> segments(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(Segment.SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
