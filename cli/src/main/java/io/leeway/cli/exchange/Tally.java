package io.leeway.cli.exchange;

import java.util.ArrayList;
import java.util.List;

/** What became of the lines of a file; the first of those that cannot be used by number. Not thread safe. */
public final class Tally {
    /** Reasons kept by line; the rest is only counted. */
    private static final int KEPT = 1000;

    private final List<Fault> faults = new ArrayList<>();
    private long lines;
    private long accepted;
    private long duplicates;
    private long notActivated;
    private long rejected;

    /** A line that cannot be used. */
    public record Fault(long line, String reason) {}

    void line() {
        lines++;
    }

    void sent(long newlyAccepted, long newDuplicates) {
        accepted += newlyAccepted;
        duplicates += newDuplicates;
    }

    void notActivated() {
        notActivated++;
    }

    void reject(long line, String reason) {
        rejected++;
        if (faults.size() < KEPT) {
            faults.add(new Fault(line, reason));
        }
    }

    /** Rejected without being named. */
    void reject(long further) {
        rejected += further;
    }

    public long lines() {
        return lines;
    }

    public long accepted() {
        return accepted;
    }

    public long duplicates() {
        return duplicates;
    }

    long deferredLeftOut() {
        return notActivated;
    }

    public long rejected() {
        return rejected;
    }

    public List<Fault> faults() {
        return List.copyOf(faults);
    }
}
