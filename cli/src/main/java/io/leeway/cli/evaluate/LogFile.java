package io.leeway.cli.evaluate;

import io.leeway.cli.TextFile;
import io.leeway.core.logs.DecisionLines;
import io.leeway.core.logs.LogFormatException;
import io.leeway.core.logs.LoggedDecision;
import io.leeway.report.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads a decision log line by line: dsjson or Leeway's own lines, gzipped or not. Lines that cannot be used are kept with why. */
final class LogFile {
    /** Reasons kept by line; the rest is only counted. */
    private static final int KEPT = 1000;

    private final List<Fault> faults = new ArrayList<>();
    private long faulty;
    private long lines;

    /** A line that could not be used. */
    record Fault(long line, String reason) {}

    /** Gives every decision to {@code use}, which may refuse it in turn. */
    void read(Path file, Consumer<LoggedDecision> use) throws IOException {
        long size = Files.isRegularFile(file) ? Files.size(file) : 0;
        try (Progress progress = Progress.of("replaying " + file.getFileName() + ", bytes", size);
                BufferedReader text = TextFile.open(file, progress::to)) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                lines++;
                if (!line.isBlank()) {
                    take(line, use);
                }
            }
        }
    }

    private void take(String line, Consumer<LoggedDecision> use) {
        try {
            use.accept(DecisionLines.readAny(line));
        } catch (LogFormatException wrong) {
            faulty++;
            if (faults.size() < KEPT) {
                faults.add(new Fault(lines, wrong.getMessage()));
            }
        }
    }

    long lines() {
        return lines;
    }

    /** How many lines could not be used. */
    long faulty() {
        return faulty;
    }

    /** The first of them. */
    List<Fault> faults() {
        return List.copyOf(faults);
    }
}
