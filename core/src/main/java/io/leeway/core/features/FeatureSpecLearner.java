package io.leeway.core.features;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns a {@link FeatureSpec} from rows: running moments of numbers, counts of words, what is sometimes missing. Memory is
 * bounded per path. The outcome does not depend on the order of keys within a row. Not thread-safe.
 *
 * @see "Welford, Note on a method for calculating corrected sums of squares and products, Technometrics 4, 1962, 419-420"
 */
public final class FeatureSpecLearner {
    /** Distinct paths that are learned; a client that puts ids into keys would otherwise grow this without end. */
    static final int MAXIMUM_PATHS = 20_000;

    /** Distinct words counted per path; later new ones are left to "other". */
    static final int MAXIMUM_WORDS = 100_000;

    private final Namespace context = new Namespace();
    private final Namespace action = new Namespace();

    /** Takes in one row; without an action id the row says nothing about actions (heads layout, regression). */
    public void observe(Map<String, ?> contextRow, Map<String, ?> actionFeaturesOrNull, String actionIdOrNull) {
        context.rows++;
        Leaves.walk(contextRow, context);
        if (actionIdOrNull != null || actionFeaturesOrNull != null) {
            action.rows++;
        }
        if (actionIdOrNull != null) {
            action.text(FeatureSpec.ACTION_ID, actionIdOrNull);
        }
        if (actionFeaturesOrNull != null) {
            Leaves.walk(actionFeaturesOrNull, action);
        }
    }

    /** The specification of what was observed so far. */
    public FeatureSpec learn(FeatureOptions options) {
        return new FeatureSpec(context.inputs(options), action.inputs(options), options.interactions());
    }

    /** What is known of one namespace: per path its numbers, words and flags. */
    private static final class Namespace implements LeafVisitor {
        private final TreeMap<String, Moments> numbers = new TreeMap<>();
        private final TreeMap<String, Words> words = new TreeMap<>();
        private final TreeMap<String, long[]> flags = new TreeMap<>();
        private long rows;

        @Override
        public void number(String path, double value) {
            Moments moments = numbers.get(path);
            if (moments == null) {
                if (isFull()) {
                    return;
                }
                moments = new Moments();
                numbers.put(path, moments);
            }
            moments.add(Math.max(-Input.LARGEST, Math.min(Input.LARGEST, value)));
        }

        @Override
        public void text(String path, String value) {
            Words seen = words.get(path);
            if (seen == null) {
                if (isFull()) {
                    return;
                }
                seen = new Words();
                words.put(path, seen);
            }
            seen.add(value, rows);
        }

        @Override
        public void flag(String path, boolean value) {
            long[] count = flags.get(path);
            if (count == null) {
                if (isFull()) {
                    return;
                }
                count = new long[1];
                flags.put(path, count);
            }
            count[0]++;
        }

        @Override
        public void missing(String path) {
            // A null is a value that is not there: counting the values is enough.
        }

        private boolean isFull() {
            return numbers.size() + words.size() + flags.size() >= MAXIMUM_PATHS;
        }

        private List<Input> inputs(FeatureOptions options) {
            List<Input> inputs = new ArrayList<>();
            numbers.forEach((path, m) -> inputs.add(Input.number(path, m.mean, m.standardDeviation(), m.count < rows)));
            words.forEach((path, w) -> inputs.add(Input.category(path, w.vocabulary(options), w.rowsSeen < rows)));
            flags.forEach((path, count) -> inputs.add(Input.flag(path, count[0] < rows)));
            inputs.sort(Comparator.comparing(Input::path).thenComparing(Input::kind));
            return inputs;
        }
    }

    private static final class Moments {
        private long count;
        private double mean;
        private double squares;

        private void add(double value) {
            count++;
            double before = value - mean;
            mean += before / count;
            squares += before * (value - mean);
        }

        /** 1 for a constant column: its standardised value is then 0. Rounding noise does not make a column vary. */
        private double standardDeviation() {
            double deviation = Math.sqrt(Math.max(0, squares) / count);
            return Double.isFinite(deviation) && deviation > 1e-12 * Math.abs(mean) ? deviation : 1;
        }
    }

    private static final class Words {
        private final TreeMap<String, Long> counts = new TreeMap<>();
        private long rowsSeen;
        private long lastRow;

        private void add(String word, long row) {
            if (row != lastRow) {
                lastRow = row;
                rowsSeen++;
            }
            if (counts.size() < MAXIMUM_WORDS || counts.containsKey(word)) {
                counts.merge(word, 1L, Long::sum);
            }
        }

        private List<String> vocabulary(FeatureOptions options) {
            return counts.entrySet().stream()
                    .filter(entry -> entry.getValue() >= options.minimumCount())
                    .sorted(Map.Entry.<String, Long>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(options.maximumCategories())
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }
}
