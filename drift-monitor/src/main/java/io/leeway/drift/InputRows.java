package io.leeway.drift;

import io.leeway.drift.WatchEvent.Decided;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rows of decisions that are kept, seen at one moment.
 *
 * @param windowRows of a window
 * @param decisions how many there have been
 */
record InputRows(InputWindow window, References references, int windowRows, long decisions) {
    /** Decisions in the newest window. */
    int filled() {
        return (int) Math.min(decisions, windowRows);
    }

    /** Number of the first of them. */
    long start() {
        return decisions - filled();
    }

    /** The newest decisions, as many as there are and the window holds. */
    WindowProfile newest() {
        WindowProfile profile = new WindowProfile();
        for (long n = start(); n < decisions; n++) {
            window.row(references.slot(n)).ifPresent(profile::add);
        }
        return profile;
    }

    /** Inputs of the newest decision; 1 where it is not kept. */
    int inputs() {
        return window.row(references.slot(decisions - 1))
                .map(decided -> decided.row().size())
                .orElse(1);
    }

    /** So many of a window's decisions at the most, evenly, oldest first. @param start number of its first */
    List<Decided> sample(long start, int most) {
        int count = Math.min(most, filled());
        List<Decided> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long n = start + (long) i * filled() / count;
            window.row(references.slot(n)).ifPresent(some::add);
        }
        return some;
    }

    /** The same without times. */
    List<Map<String, Object>> rows(long start, int most) {
        return sample(start, most).stream().map(Decided::row).toList();
    }

    /** So many of the newest. */
    List<Map<String, Object>> newest(int most) {
        return rows(start(), most);
    }
}
