package io.leeway.core.drift;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What is known of one path while a profile is learned. Not thread-safe. */
final class InputLearner {
    private static final int MAXIMUM_WORDS = 20_000;

    private final BottomK sample;
    private final int quantiles;
    private final Map<String, Long> words = new TreeMap<>();
    private long otherWords;
    private long numbers;
    private double mean;
    private double squares;
    private long rowsSeen;
    private long lastRow = -1;

    InputLearner(int sampleSize, int quantiles) {
        this.sample = new BottomK(sampleSize);
        this.quantiles = quantiles;
    }

    void number(double value, long priority, long row) {
        seenIn(row);
        numbers++;
        double before = value - mean;
        mean += before / numbers;
        squares += before * (value - mean);
        sample.offer(priority, value);
    }

    void word(String word, long row) {
        seenIn(row);
        if (words.size() < MAXIMUM_WORDS || words.containsKey(word)) {
            words.merge(word, 1L, Long::sum);
        } else {
            otherWords++;
        }
    }

    /** Takes in all that the other one saw, of rows that this one did not see. */
    void merge(InputLearner other) {
        if (other.numbers > 0) {
            double all = (double) numbers + other.numbers;
            double apart = other.mean - mean;
            squares += other.squares + apart * apart * numbers * other.numbers / all;
            mean += apart * other.numbers / all;
            numbers += other.numbers;
        }
        other.sample.offerTo(sample);
        other.words.forEach((word, count) -> {
            if (words.size() < MAXIMUM_WORDS || words.containsKey(word)) {
                words.merge(word, count, Long::sum);
            } else {
                otherWords += count;
            }
        });
        otherWords += other.otherWords;
        rowsSeen += other.rowsSeen;
    }

    long rowsSeen() {
        return rowsSeen;
    }

    InputProfile profile(long rows) {
        Map<String, Long> frequent = new LinkedHashMap<>();
        words.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(ProfileLearner.CATEGORIES)
                .forEach(entry -> frequent.put(entry.getKey(), entry.getValue()));
        long all = words.values().stream().mapToLong(Long::longValue).sum() + otherWords;
        long kept = frequent.values().stream().mapToLong(Long::longValue).sum();
        double variance = numbers == 0 ? 0 : Math.max(0, squares) / numbers;
        return new InputProfile(
                rows,
                rows - rowsSeen,
                numbers,
                bounded(mean),
                bounded(Math.sqrt(variance)),
                Quantiles.of(sample.values()).thinnedTo(quantiles),
                frequent,
                all - kept);
    }

    private void seenIn(long row) {
        if (row != lastRow) {
            lastRow = row;
            rowsSeen++;
        }
    }

    /** Sums of huge numbers overflow; JSON has no infinity. */
    private static double bounded(double value) {
        return Double.isNaN(value) ? Double.MAX_VALUE : Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    /** The k values of smallest priority, as a binary heap with the largest priority on top. */
    private static final class BottomK {
        private final int capacity;
        private long[] priorities = new long[16];
        private double[] values = new double[16];
        private int size;

        private BottomK(int capacity) {
            this.capacity = capacity;
        }

        private void offer(long priority, double value) {
            if (size < capacity) {
                grow();
                int child = size++;
                while (child > 0 && before(priorities[(child - 1) / 2], values[(child - 1) / 2], priority, value)) {
                    int parent = (child - 1) / 2;
                    move(parent, child);
                    child = parent;
                }
                set(child, priority, value);
            } else if (before(priority, value, priorities[0], values[0])) {
                siftDown(priority, value);
            }
        }

        private void offerTo(BottomK other) {
            for (int i = 0; i < size; i++) {
                other.offer(priorities[i], values[i]);
            }
        }

        private void siftDown(long priority, double value) {
            int parent = 0;
            while (2 * parent + 1 < size) {
                int child = 2 * parent + 1;
                if (child + 1 < size
                        && before(priorities[child], values[child], priorities[child + 1], values[child + 1])) {
                    child++;
                }
                if (!before(priority, value, priorities[child], values[child])) {
                    break;
                }
                move(child, parent);
                parent = child;
            }
            set(parent, priority, value);
        }

        /** Equal priorities are ordered by value, or the sample would depend on the order of arrival. */
        private static boolean before(long priority, double value, long otherPriority, double otherValue) {
            return priority != otherPriority ? priority < otherPriority : Double.compare(value, otherValue) < 0;
        }

        private void grow() {
            if (size == values.length) {
                int larger = Math.min(capacity, size * 2);
                priorities = Arrays.copyOf(priorities, larger);
                values = Arrays.copyOf(values, larger);
            }
        }

        private void move(int from, int to) {
            priorities[to] = priorities[from];
            values[to] = values[from];
        }

        private void set(int at, long priority, double value) {
            priorities[at] = priority;
            values[at] = value;
        }

        private double[] values() {
            return Arrays.copyOf(values, size);
        }
    }
}
