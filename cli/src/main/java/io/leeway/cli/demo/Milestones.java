package io.leeway.cli.demo;

import io.leeway.report.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Tells people what happens while it happens: lines for events, a bar for how far the traffic has come. Thread safe. */
final class Milestones implements AutoCloseable {
    private final PrintStream out;
    private final Instant start = Instant.now();
    private Progress progress = Progress.silent();

    Milestones(PrintStream out) {
        this.out = out;
    }

    /** @param total requests that are expected in all */
    synchronized void expect(String what, long total) {
        progress.close();
        progress = Progress.of(what, total);
    }

    synchronized void advance() {
        progress.advance(1);
    }

    synchronized void tell(String who, String format, Object... values) {
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        String clear = Progress.onTerminal() ? "\r\033[K" : "";
        String words = String.format(Locale.ROOT, format, values);
        out.printf(Locale.ROOT, "%s%6.1f s  %-18s %s%n", clear, seconds, who, words);
        out.flush();
    }

    @Override
    public synchronized void close() {
        progress.close();
        progress = Progress.silent();
    }
}
