package io.leeway.core.promotion;

import io.leeway.core.features.LeafVisitor;
import io.leeway.core.features.Leaves;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parts of the rows that share one value of one input: categories and flags of few values, each often enough to say something of it.
 * Stateless.
 */
final class Segments {
    static final int FEWEST_ROWS = 50;
    static final int MOST_VALUES = 12;
    static final int MOST_SEGMENTS = 60;

    private Segments() {}

    /**
     * The rows of each segment by its name, such as {@code device=phone}.
     *
     * @param inputs paths of the inputs to split by; empty: all that have few values
     */
    static Map<String, List<Integer>> of(List<Map<String, Object>> contexts, List<String> inputs) {
        Map<String, Map<String, List<Integer>>> byInput = new TreeMap<>();
        for (int i = 0; i < contexts.size(); i++) {
            int row = i;
            Leaves.walk(contexts.get(i), new LeafVisitor() {
                @Override
                public void number(String path, double value) {
                    // Numbers have no values of their own to split by.
                }

                @Override
                public void text(String path, String text) {
                    add(path, text);
                }

                @Override
                public void flag(String path, boolean flag) {
                    add(path, Boolean.toString(flag));
                }

                @Override
                public void missing(String path) {
                    // A missing value is in no segment.
                }

                private void add(String path, String value) {
                    if (inputs.isEmpty() || inputs.contains(path)) {
                        Map<String, List<Integer>> values = byInput.computeIfAbsent(path, key -> new TreeMap<>());
                        if (values.size() <= MOST_VALUES || values.containsKey(value)) {
                            values.computeIfAbsent(value, key -> new ArrayList<>())
                                    .add(row);
                        }
                    }
                }
            });
        }
        return named(byInput, contexts.size());
    }

    private static Map<String, List<Integer>> named(Map<String, Map<String, List<Integer>>> byInput, int rows) {
        Map<String, List<Integer>> segments = new LinkedHashMap<>();
        byInput.forEach((path, values) -> {
            if (values.size() <= MOST_VALUES) {
                values.forEach((value, members) -> {
                    boolean counts = members.size() >= FEWEST_ROWS && members.size() < rows;
                    if (counts && segments.size() < MOST_SEGMENTS) {
                        segments.put(path + "=" + value, members);
                    }
                });
            }
        });
        return segments;
    }
}
