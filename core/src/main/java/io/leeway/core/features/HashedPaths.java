package io.leeway.core.features;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON that comes as a stream into a {@link HashedRow}, to the same features as {@link HashedEncoder}. Remembers the paths that
 * it has seen, a bounded number of them, so that a path is hashed once. Not thread-safe.
 */
public final class HashedPaths {
    private static final int MOST_NODES = 10_000;

    private Node root = new Node(null, null, false);
    private int nodes;
    private HashedRow row;
    private long rows;

    /** The root of the next object, which goes into this row in place of what is there. */
    public LeafNode into(HashedRow target) {
        if (nodes > MOST_NODES) {
            root = new Node(null, null, false);
            nodes = 0;
        }
        target.clear();
        row = target;
        rows++;
        return root;
    }

    private final class Node implements LeafNode {
        private final byte[] utf8;
        private final String path;
        private final int number;
        private final int text;
        /** Where the texts of a list go: what stands in a list at the top is named as what is nested. */
        private final Node texts;

        private final Map<Long, List<Node>> children = new HashMap<>();
        private final List<Node> items = new ArrayList<>();
        /** The row that had a text here last, and where its texts begin. */
        private long textRow;

        private int firstText;

        /**
         * @param path escaped; null for the root
         * @param nested or at the top, where a scalar is named by its key
         */
        Node(String key, String path, boolean nested) {
            this.path = path;
            this.utf8 = key == null ? new byte[0] : key.getBytes(StandardCharsets.UTF_8);
            String name = nested ? path : key;
            this.number = name == null ? 0 : HashedEncoder.numberName(name, nested);
            this.text = name == null ? 0 : HashedEncoder.textSeed(name, nested);
            this.texts = nested || key == null ? this : new Node(key, path, true);
        }

        @Override
        public LeafNode child(byte[] bytes, int from, int length, long hash) {
            List<Node> known = children.get(hash);
            for (int i = 0; known != null && i < known.size(); i++) {
                if (Arrays.equals(known.get(i).utf8, 0, known.get(i).utf8.length, bytes, from, from + length)) {
                    return known.get(i);
                }
            }
            Node child = child(new String(bytes, from, length, StandardCharsets.UTF_8));
            if (++nodes <= MOST_NODES) {
                children.computeIfAbsent(hash, none -> new ArrayList<>(1)).add(child);
            }
            return child;
        }

        @Override
        public LeafNode child(int index) {
            if (index < items.size()) {
                return items.get(index);
            }
            Node child = child(Integer.toString(index));
            if (++nodes <= MOST_NODES && index == items.size()) {
                items.add(child);
            }
            return child;
        }

        private Node child(String key) {
            String escaped = Leaves.escape(key);
            return path == null ? new Node(key, escaped, false) : new Node(key, path + "." + escaped, true);
        }

        @Override
        public LeafNode texts() {
            return texts;
        }

        @Override
        public boolean readsNumbersAsText() {
            return false;
        }

        @Override
        public boolean readsTexts() {
            return true;
        }

        @Override
        public void number(double value, Number original, float[] columns, int offset) {
            row.add(number, value, true);
        }

        @Override
        public void text(byte[] bytes, int from, int length, long hash, float[] columns, int offset) {
            if (textRow != rows) {
                textRow = rows;
                firstText = row.size();
            }
            row.indicate(Hashing.hash(bytes, from, length, text), firstText);
        }

        @Override
        public void flag(boolean value, float[] columns, int offset) {
            number(value ? 1 : 0, null, columns, offset);
        }
    }
}
