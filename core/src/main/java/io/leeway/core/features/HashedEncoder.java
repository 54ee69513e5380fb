package io.leeway.core.features;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

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
    private static final int NESTED = 0x6e740000;

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
        Top top = new Top(builder);
        json.forEach(top); // unlike an iteration over entries makes no object per entry of an unmodifiable map
        if (top.nested) {
            appendNested(json, builder);
        }
        return builder.build();
    }

    /** Appends what stands at the top, and sees whether there is more below. */
    private static final class Top implements BiConsumer<String, Object> {
        private final SparseVector.Builder builder;
        private boolean nested;

        Top(SparseVector.Builder builder) {
            this.builder = builder;
        }

        @Override
        public void accept(String key, Object value) {
            if (value == null || !Leaves.isFeature(key)) {
                return;
            }
            if (value instanceof Number number) {
                builder.append(Hashing.name(key, NUMBER), Leaves.requireFinite(number, key), true);
            } else if (value instanceof CharSequence text) {
                builder.append(Hashing.hash(text, Hashing.name(key, TEXT)), 1, false);
            } else if (value instanceof Boolean flag) {
                builder.append(Hashing.name(key, NUMBER), flag ? 1 : 0, true);
            } else if (isNamespace(value)) {
                nested = true;
            } else {
                throw Leaves.notJson(value, key);
            }
        }
    }

    private static void appendNested(Map<String, ?> json, SparseVector.Builder builder) {
        LeafVisitor visitor = new Collector(builder);
        for (Map.Entry<String, ?> entry : json.entrySet()) {
            if (isNamespace(entry.getValue()) && Leaves.isFeature(entry.getKey())) {
                builder.namespace(namespace(entry.getKey()));
                Leaves.walkValue(entry.getValue(), Leaves.escape(entry.getKey()), visitor, 1);
            }
        }
    }

    /** The hash of a namespace's name. */
    public static int namespace(String name) {
        return name.isEmpty() ? SparseVector.DEFAULT_NAMESPACE : Hashing.hash(name, NAMESPACE);
    }

    /** What a number or flag is called. @param path of a nested one, else the key at the top */
    static int numberName(String path, boolean nested) {
        return Hashing.name(path, nested ? NESTED ^ NUMBER : NUMBER);
    }

    /** What the hash of a text begins with. @param path of a nested one, else the key at the top */
    static int textSeed(String path, boolean nested) {
        return Hashing.name(path, nested ? NESTED ^ TEXT : TEXT);
    }

    private static boolean isNamespace(Object value) {
        return value instanceof Map || value instanceof List;
    }

    /** Hashes leaves into a vector; by seeds of its own, so that a.b inside an object is not a key a.b at the top. */
    private record Collector(SparseVector.Builder builder) implements LeafVisitor {
        @Override
        public void number(String path, double value) {
            builder.number(Hashing.name(path, NESTED ^ NUMBER), value);
        }

        @Override
        public void text(String path, String value) {
            builder.indicator(Hashing.hash(value, Hashing.name(path, NESTED ^ TEXT)));
        }

        @Override
        public void flag(String path, boolean value) {
            builder.number(Hashing.name(path, NESTED ^ NUMBER), value ? 1 : 0);
        }

        @Override
        public void missing(String path) {}
    }
}
