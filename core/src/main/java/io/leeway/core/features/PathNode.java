package io.leeway.core.features;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node of the tree of input paths, so that encoding looks keys up one by one and never builds a path. Whoever reads JSON as a
 * stream walks it for himself, from {@link FeatureEncoder#contextRoot} or {@link FeatureEncoder#actionRoot}. Immutable once the tree is
 * built.
 */
public final class PathNode implements LeafNode {
    private static final int[] NONE = {};

    private final String path;
    private final Map<String, PathNode> children = new HashMap<>();
    private final List<PathNode> byIndex = new ArrayList<>();
    private final List<PathNode> byPlace = new ArrayList<>();
    private ByteTable places;
    private int[] missingColumns = NONE;
    private Columns number;
    private Columns category;
    private Columns flag;

    private PathNode(String path) {
        this.path = path;
    }

    static PathNode of(List<Input> inputs) {
        PathNode root = new PathNode(null);
        List<Integer> missing = new ArrayList<>();
        int first = 0;
        for (Input input : inputs) {
            int missingColumn = input.missingIndicator() ? first + input.width() - 1 : -1;
            if (missingColumn >= 0) {
                missing.add(missingColumn);
            }
            PathNode node = root;
            for (String key : Leaves.keys(input.path())) {
                node = node.childOrNew(key);
            }
            node.set(new Columns(input, first, missingColumn));
            first += input.width();
        }
        root.missingColumns = missing.stream().mapToInt(Integer::intValue).toArray();
        root.freeze();
        return root;
    }

    private void freeze() {
        places = new ByteTable(List.copyOf(children.keySet()));
        children.values().forEach(child -> byPlace.add(child));
        children.values().forEach(PathNode::freeze);
    }

    String path() {
        return path;
    }

    /** Columns that are 1 until a value is found. */
    int[] missingColumns() {
        return missingColumns;
    }

    PathNode child(String key) {
        return children.get(key);
    }

    @Override
    public PathNode child(byte[] bytes, int from, int length, long hash) {
        int place = places.find(bytes, from, length, hash);
        return place < 0 ? null : byPlace.get(place);
    }

    @Override
    public PathNode child(int index) {
        return index < byIndex.size() ? byIndex.get(index) : null;
    }

    @Override
    public boolean readsNumbersAsText() {
        return number == null && category != null;
    }

    @Override
    public boolean readsTexts() {
        return category != null;
    }

    @Override
    public void number(double value, Number original, float[] columns, int offset) {
        if (number != null) {
            columns[offset + number.first] = number.input.standardise(value);
            number.found(columns, offset);
        } else if (category != null) {
            text(asText(value, original), columns, offset);
        }
    }

    @Override
    public void text(byte[] bytes, int from, int length, long hash, float[] columns, int offset) {
        if (category != null) {
            int column = category.table.find(bytes, from, length, hash);
            columns[offset + category.first + (column < 0 ? category.words.size() : column)] = 1f;
            category.found(columns, offset);
        }
    }

    void text(String value, float[] columns, int offset) {
        if (category != null) {
            int column = category.words.getOrDefault(value, category.words.size());
            columns[offset + category.first + column] = 1f;
            category.found(columns, offset);
        }
    }

    @Override
    public LeafNode texts() {
        return this;
    }

    @Override
    public void flag(boolean value, float[] columns, int offset) {
        if (flag != null) {
            columns[offset + flag.first] = value ? 1f : 0f;
            flag.found(columns, offset);
        } else if (category != null) {
            text(Boolean.toString(value), columns, offset);
        }
    }

    private static String asText(double value, Number original) {
        if (original instanceof Integer || original instanceof Long) {
            return original.toString();
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : BigDecimal.valueOf(value).toString();
    }

    private PathNode childOrNew(String key) {
        PathNode child = children.get(key);
        if (child == null) {
            child = new PathNode(path == null ? Leaves.escape(key) : path + "." + Leaves.escape(key));
            children.put(key, child);
            addByIndex(key, child);
        }
        return child;
    }

    /** Only indices written as a list walk writes them; the bound keeps a hostile path from reserving memory. */
    private void addByIndex(String key, PathNode child) {
        if (key.matches("0|[1-9][0-9]{0,5}")) {
            int index = Integer.parseInt(key);
            while (byIndex.size() <= index) {
                byIndex.add(null);
            }
            byIndex.set(index, child);
        }
    }

    private void set(Columns columns) {
        switch (columns.input.kind()) {
            case NUMBER -> number = columns;
            case CATEGORY -> category = columns;
            case FLAG -> flag = columns;
        }
    }

    /** Where an input's columns lie. */
    private static final class Columns {
        private final Input input;
        private final int first;
        private final int missing;
        private final Map<String, Integer> words = new HashMap<>();
        private final ByteTable table;

        private Columns(Input input, int first, int missing) {
            this.input = input;
            this.first = first;
            this.missing = missing;
            for (String word : input.vocabulary()) {
                words.put(word, words.size());
            }
            this.table = new ByteTable(input.vocabulary());
        }

        private void found(float[] columns, int offset) {
            if (missing >= 0) {
                columns[offset + missing] = 0f;
            }
        }
    }
}
