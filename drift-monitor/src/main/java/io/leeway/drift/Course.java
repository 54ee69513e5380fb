package io.leeway.drift;

import io.leeway.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The course of a stream in O(log n) memory: value by value at its end, in ever longer blocks before, each about a thirtieth as
 * long as it is old. Tells where the mean has most likely changed. Not thread safe.
 *
 * <p>Invariant: level l holds at most {@link #BLOCKS_PER_LEVEL} blocks of 2^l values, oldest first; levels run from the newest
 * values to the oldest without a gap.
 */
final class Course {
    static final int BLOCKS_PER_LEVEL = 32;

    /** Each side of a change has at least this many values. */
    private static final int FEWEST = 5;

    private final List<Deque<Block>> levels = new ArrayList<>();
    private long seen;

    /** Values from number {@code first} on, the time of the first of them, and their sum. */
    private record Block(long first, Instant time, double sum) {}

    /**
     * A change of the mean.
     *
     * @param before mean before it, within the part that was looked at
     * @param after mean since
     * @param width values since
     * @param since time of the first of them
     * @param center null for a change of the mean; else the values are distances from there, and their spread changed
     */
    record Change(double before, double after, long width, Instant since, Double center) {
        Change(double before, double after, long width, Instant since) {
            this(before, after, width, since, null);
        }

        Change around(double theCenter) {
            return new Change(before, after, width, since, theCenter);
        }
    }

    void add(double value, Instant time) {
        seen++;
        Block carried = new Block(seen, time, value);
        for (int level = 0; carried != null; level++) {
            if (level == levels.size()) {
                levels.add(new ArrayDeque<>());
            }
            Deque<Block> blocks = levels.get(level);
            blocks.addLast(carried);
            carried = null;
            if (blocks.size() > BLOCKS_PER_LEVEL) {
                Block oldest = blocks.removeFirst();
                carried = new Block(oldest.first, oldest.time, oldest.sum + blocks.removeFirst().sum);
            }
        }
    }

    long seen() {
        return seen;
    }

    /** Oldest first. */
    private List<Block> blocks() {
        List<Block> all = new ArrayList<>();
        for (int level = levels.size() - 1; level >= 0; level--) {
            all.addAll(levels.get(level));
        }
        return all;
    }

    /**
     * The split of the newest {@code window} values whose parts differ most: largest n0 n1 / (n0 + n1) (m0 - m1)^2, which is the
     * most likely one for independent normal values. Empty where the window is too short to be split.
     *
     * @see "Hinkley, Inference about the change-point in a sequence of random variables, Biometrika 57, 1970, 1-17"
     */
    Optional<Change> change(long window) {
        long start = seen - window + 1;
        List<Block> within =
                blocks().stream().filter(block -> block.first >= start).toList();
        if (within.isEmpty()) {
            return Optional.empty();
        }
        double total = within.stream().mapToDouble(Block::sum).sum();
        double count = seen - within.get(0).first + 1;
        Change best = null;
        double largest = -1;
        double oldSum = within.get(0).sum;
        for (Block block : within.subList(1, within.size())) {
            double oldCount = block.first - within.get(0).first;
            double newCount = count - oldCount;
            double before = oldSum / oldCount;
            double after = (total - oldSum) / newCount;
            double score = oldCount * newCount / count * (before - after) * (before - after);
            if (oldCount >= FEWEST && newCount >= FEWEST && score > largest) {
                largest = score;
                best = new Change(before, after, (long) newCount, block.time);
            }
            oldSum += block.sum;
        }
        return Optional.ofNullable(best);
    }

    Map<String, Object> toJson() {
        List<Block> blocks = blocks();
        return Map.of(
                "seen", seen,
                "levels", levels.stream().map(level -> (long) level.size()).toList(),
                "firsts", blocks.stream().map(Block::first).toList(),
                "times", blocks.stream().map(block -> block.time.toEpochMilli()).toList(),
                "sums", blocks.stream().map(Block::sum).toList());
    }

    static Course fromJson(JsonObject json) {
        Course restored = new Course();
        restored.seen = json.integer("seen");
        double[] sums = json.numbers("sums");
        long[] firsts = integers(json.list("firsts"));
        long[] times = integers(json.list("times"));
        int next = sums.length;
        for (long size : integers(json.list("levels"))) {
            Deque<Block> level = new ArrayDeque<>();
            for (int i = 0; i < size; i++) {
                next--;
                level.addFirst(new Block(firsts[next], Instant.ofEpochMilli(times[next]), sums[next]));
            }
            restored.levels.add(level);
        }
        return restored;
    }

    private static long[] integers(List<?> list) {
        return list.stream().mapToLong(n -> ((Number) n).longValue()).toArray();
    }
}
