package io.leeway.core.promotion;

import io.leeway.core.features.Input;
import io.leeway.core.features.LeafVisitor;
import io.leeway.core.features.Leaves;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** In how many contexts each input has a value of which kind. Not thread-safe. */
final class InputCounts {
    private final Map<String, Map<Input.Kind, Integer>> counts = new TreeMap<>();
    private int contexts;

    void add(Map<String, Object> context) {
        contexts++;
        Set<String> seen = new HashSet<>();
        Leaves.walk(context, new LeafVisitor() {
            @Override
            public void number(String path, double value) {
                count(path, Input.Kind.NUMBER);
            }

            @Override
            public void text(String path, String text) {
                count(path, Input.Kind.CATEGORY);
            }

            @Override
            public void flag(String path, boolean flag) {
                count(path, Input.Kind.FLAG);
            }

            @Override
            public void missing(String path) {
                // No value is no value, whether the key is there or not.
            }

            private void count(String path, Input.Kind kind) {
                // A list of texts visits one path several times.
                if (seen.add(kind + path)) {
                    counts.computeIfAbsent(path, key -> new EnumMap<>(Input.Kind.class))
                            .merge(kind, 1, Integer::sum);
                }
            }
        });
    }

    int contexts() {
        return contexts;
    }

    Set<String> paths() {
        return counts.keySet();
    }

    /** Share of the contexts that have a value of any kind. */
    double share(String path) {
        int values = counts.getOrDefault(path, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        return contexts == 0 ? 0 : values / (double) contexts;
    }

    boolean has(String path, Input.Kind kind) {
        return counts.getOrDefault(path, Map.of()).containsKey(kind);
    }

    Set<Input.Kind> kinds(String path) {
        return counts.getOrDefault(path, Map.of()).keySet();
    }
}
