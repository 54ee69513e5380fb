package io.leeway.core.features;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a JSON context and actions into a {@link Situation} without having to know the features beforehand: a number becomes
 * the hash of its path with its value, a flag the same with 1 or 0, a text the indicator of the hash of path and text. Objects
 * and lists at the top are namespaces of their own; what stands beside them is in the default one. What is missing or null is
 * absent. A number that is not finite is refused by its path. Thread-safe: no state.
 *
 * @see "Weinberger, Dasgupta, Langford, Smola and Attenberg, Feature hashing for large scale multitask learning, ICML 2009"
 */
public final class HashedEncoder {
    private static final int NAMESPACE = 0x6e73;
    private static final int NUMBER = 0x6e756d;
    private static final int TEXT = 0x747874;

    /** Actions keep their order. */
    public Situation encode(Map<String, ?> context, List<Action> actions) {
        String[] ids = new String[actions.size()];
        SparseVector[] features = new SparseVector[ids.length];
        for (int i = 0; i < ids.length; i++) {
            Action action = actions.get(i);
            ids[i] = action.id();
            try {
                features[i] = action.features().isEmpty() ? SparseVector.EMPTY : encode(action.features());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(e.getMessage() + " action=" + action.id(), e);
            }
        }
        Situation.requireDifferent(ids);
        return new Situation(encode(context), ids, features);
    }

    /** One JSON object; its features in the order of its keys within each namespace. */
    public SparseVector encode(Map<String, ?> json) {
        SparseVector.Builder builder = new SparseVector.Builder(json.size());
        LeafVisitor visitor = new Collector(builder);
        Map<String, Object> plain = new LinkedHashMap<>();
        for (Map.Entry<String, ?> entry : json.entrySet()) {
            if (!isNamespace(entry.getValue())) {
                plain.put(entry.getKey(), entry.getValue());
            }
        }
        Leaves.walk(plain, visitor);
        for (Map.Entry<String, ?> entry : json.entrySet()) {
            if (isNamespace(entry.getValue())) {
                builder.namespace(Hashing.hash(entry.getKey(), NAMESPACE));
                Map<String, Object> one = new LinkedHashMap<>();
                one.put(entry.getKey(), entry.getValue());
                Leaves.walk(one, visitor);
            }
        }
        return builder.build();
    }

    /** The hash of a namespace's name. */
    public static int namespace(String name) {
        return name.isEmpty() ? SparseVector.DEFAULT_NAMESPACE : Hashing.hash(name, NAMESPACE);
    }

    private static boolean isNamespace(Object value) {
        return value instanceof Map || value instanceof List;
    }

    /** Hashes leaves into a vector. */
    private record Collector(SparseVector.Builder builder) implements LeafVisitor {
        @Override
        public void number(String path, double value) {
            builder.number(Hashing.hash(path, NUMBER), value);
        }

        @Override
        public void text(String path, String value) {
            builder.indicator(Hashing.hash(value, Hashing.hash(path, TEXT)));
        }

        @Override
        public void flag(String path, boolean value) {
            builder.number(Hashing.hash(path, NUMBER), value ? 1 : 0);
        }

        @Override
        public void missing(String path) {}
    }
}
