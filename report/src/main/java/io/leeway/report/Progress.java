package io.leeway.report;

import java.io.Console;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far long work is and how long the rest will take: a bar that redraws itself on a terminal, plain lines
 * otherwise. Writes to standard error, so that results on standard output stay clean. Thread-safe.
 */
public final class Progress implements AutoCloseable {

    private static final int BAR = 28;
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 5_000_000_000L;

    private final String what;
    private final long total;
    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final long started;

    private long done;
    private long shownAt;
    private String note = "";
    private boolean closed;

    /**
     * @param total units of work; 0 when it is not known
     * @param terminal whether a line can be redrawn
     */
    public Progress(String what, long total, PrintStream out, boolean terminal, LongSupplier nanoTime) {
        if (total < 0) {
            throw new IllegalArgumentException("must be >= 0: total=" + total);
        }
        this.what = what;
        this.total = total;
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.shownAt = started - LINE_NANOS;
    }

    /** Progress on standard error. */
    public static Progress of(String what, long total) {
        return new Progress(what, total, System.err, onTerminal(), System::nanoTime);
    }

    /** Progress that nobody sees. */
    public static Progress silent() {
        return new Progress("", 0, new PrintStream(OutputStream.nullOutputStream()), false, () -> 0);
    }

    public synchronized void advance(long units) {
        to(done + units);
    }

    public synchronized void to(long units) {
        done = units;
        show(false);
    }

    /** A few words shown behind the bar. */
    public synchronized void note(String words) {
        note = words;
        show(false);
    }

    /** Shows the last state and ends the line. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            show(true);
            closed = true;
            if (terminal) {
                out.println();
            }
            out.flush();
        }
    }

    private void show(boolean last) {
        long now = nanoTime.getAsLong();
        if (closed || (!last && now - shownAt < (terminal ? REDRAW_NANOS : LINE_NANOS))) {
            return;
        }
        shownAt = now;
        String line = line(now - started, last);
        if (terminal) {
            out.print("\r" + line + "\033[K");
            out.flush();
        } else {
            out.println(line);
        }
    }

    private String line(long nanos, boolean last) {
        StringBuilder line = new StringBuilder(what);
        if (done > total && total > 0) {
            line.append(String.format(Locale.ROOT, "  %,d, more than the %,d expected", done, total));
        } else if (total > 0) {
            double share = done / (double) total;
            if (terminal) {
                int full = (int) Math.round(share * BAR);
                line.append(" [")
                        .append("#".repeat(full))
                        .append(".".repeat(BAR - full))
                        .append(']');
            }
            line.append(String.format(Locale.ROOT, " %3.0f%%  %,d of %,d", 100 * share, done, total));
        } else {
            line.append(String.format(Locale.ROOT, "  %,d", done));
        }
        if (last) {
            line.append("  took ").append(duration(nanos));
        } else if (total > 0 && done > 0 && done < total) {
            line.append("  ")
                    .append(duration((long) (nanos / (double) done * (total - done))))
                    .append(" left");
        }
        return note.isEmpty() ? line.toString() : line + "  " + note;
    }

    /** A span of time for people: {@code 3.2 s}, {@code 1 min 05 s}. */
    public static String duration(long nanos) {
        double seconds = nanos / 1e9;
        if (seconds < 59.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }

    /** Whether this process talks to a person. */
    @SuppressWarnings("SystemConsoleNull") // what it warns of is asked for below
    public static boolean onTerminal() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            // From Java 22 on there is a console even without a terminal, and only it can tell.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException javaBefore22) {
            return true;
        }
    }
}
