package io.leeway.prediction.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes the journal is killed with signal 9, again and again: what it had told of is there. */
class KilledWriterTest {
    private static final int ROUNDS = 4;
    private static final int SEGMENT = 1 << 14;

    @TempDir
    Path directory;

    @Test
    void whatWasToldSurvivesTheKill() throws IOException {
        Random random = new Random(7);
        long told = -1;
        for (int round = 0; round < ROUNDS; round++) {
            told = Math.max(told, runAndKill(told + 1, 200 + random.nextInt(20_000)));
        }
        try (Journal journal = Journal.open(directory, SEGMENT, 1 << 28)) {
            List<String> read = JournalTest.readAll(journal.reader());
            // Each round may leave one record more than it told of; the next round writes that number again.
            assertThat(read.stream().map(text -> Long.parseLong(text.strip())).distinct())
                    .contains(told)
                    .hasSizeBetween((int) told + 1, (int) told + 2);
        }
    }

    /** Returns the last number that the process told of. */
    private long runAndKill(long first, int lines) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString(),
                        Long.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long told = -1;
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String line;
            for (int i = 0; (line = out.readLine()) != null; i++) {
                if (line.endsWith(";")) {
                    told = Long.parseLong(line.substring(0, line.length() - 1));
                }
                if (i == lines) {
                    // Through its handle, which leaves open what can still be read of it.
                    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        }
        process.onExit().join();
        return told;
    }

    /** Appends numbers and tells of each after it was appended. */
    public static final class Writer {
        private Writer() {}

        public static void main(String[] args) {
            try (Journal journal = Journal.open(Path.of(args[0]), SEGMENT, 1 << 28)) {
                for (long i = Long.parseLong(args[1]); ; i++) {
                    byte[] text = String.format("%-100d", i).getBytes(UTF_8);
                    journal.append(text, 0, text.length);
                    System.out.println(i + ";");
                }
            }
        }
    }
}
