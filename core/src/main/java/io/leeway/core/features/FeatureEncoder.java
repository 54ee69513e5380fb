package io.leeway.core.features;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Turns a context, or a context with an action, into the columns of a {@link FeatureSpec}. The one encoder of serving and of
 * training. Every column is finite and within +-8. Paths that the specification does not know are ignored. Thread-safe.
 *
 * <p>A number or flag at a path that training knew only as a category is read as its text ({@code 43} as "43"); other kinds
 * that do not fit count as missing.
 */
public final class FeatureEncoder {
    private final FeatureSpec spec;
    private final PathNode context;
    private final PathNode action;
    private final PathNode actionId;
    private final int contextWidth;
    private final int actionWidth;
    private final int width;

    public FeatureEncoder(FeatureSpec spec) {
        this.spec = spec;
        this.context = PathNode.of(spec.context());
        this.action = PathNode.of(spec.action());
        this.actionId = action.child(FeatureSpec.ACTION_ID);
        this.contextWidth = spec.contextWidth();
        this.actionWidth = spec.actionWidth();
        this.width = spec.width();
    }

    public FeatureSpec spec() {
        return spec;
    }

    public int contextWidth() {
        return contextWidth;
    }

    public int actionWidth() {
        return actionWidth;
    }

    public int width() {
        return width;
    }

    /** The context's columns, {@code contextWidth} of them. */
    public float[] encode(Map<String, ?> contextRow) {
        float[] columns = new float[contextWidth];
        encodeContext(contextRow, columns);
        return columns;
    }

    /** All columns of the joint layout, {@code width} of them. */
    public float[] encode(Map<String, ?> contextRow, Action chosen) {
        float[] columns = new float[width];
        encodeContext(contextRow, columns);
        encodeAction(chosen, columns, contextWidth);
        if (spec.interactions()) {
            int at = contextWidth + actionWidth;
            for (int j = 0; j < actionWidth; j++) {
                float factor = columns[contextWidth + j];
                for (int i = 0; i < contextWidth; i++) {
                    columns[at++] = factor * columns[i] + 0f;
                }
            }
        }
        return columns;
    }

    /** Where the walk of a context begins that is read as a stream; before it, {@link #clearContext}. */
    public PathNode contextRoot() {
        return context;
    }

    /** Where the walk of an action's features begins that are read as a stream; before it, {@link #clearAction}. */
    public PathNode actionRoot() {
        return action;
    }

    /** The columns of a context without anything in it: {@code columns[0 .. contextWidth)}. */
    public void clearContext(float[] columns) {
        Arrays.fill(columns, 0, contextWidth, 0f);
        markMissing(context, columns, 0);
    }

    /** The columns of an action without features or id: {@code columns[offset .. offset + actionWidth)}. */
    public void clearAction(float[] columns, int offset) {
        Arrays.fill(columns, offset, offset + actionWidth, 0f);
        markMissing(action, columns, offset);
    }

    /** Adds an action's id, as UTF-8 with its {@link ByteTable#hash}. */
    public void encodeId(byte[] bytes, int from, int length, long hash, float[] columns, int offset) {
        if (actionId != null) {
            actionId.text(bytes, from, length, hash, columns, offset);
        }
    }

    /** Overwrites {@code columns[0 .. contextWidth)}. */
    public void encodeContext(Map<String, ?> contextRow, float[] columns) {
        clearContext(columns);
        walkObject(contextRow, context, columns, 0, 1);
    }

    /** Overwrites {@code columns[offset .. offset + actionWidth)}. */
    public void encodeAction(Action chosen, float[] columns, int offset) {
        clearAction(columns, offset);
        if (actionId != null) {
            actionId.text(chosen.id(), columns, offset);
        }
        walkObject(chosen.features(), action, columns, offset, 1);
    }

    private static void markMissing(PathNode root, float[] columns, int offset) {
        for (int column : root.missingColumns()) {
            columns[offset + column] = 1f;
        }
    }

    private static void walkObject(Map<?, ?> map, PathNode node, float[] columns, int offset, int depth) {
        Leaves.requireDepth(depth, node.path());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = (String) entry.getKey();
            PathNode child = Leaves.isFeature(key) ? node.child(key) : null;
            if (child != null) {
                walkValue(entry.getValue(), child, columns, offset, depth);
            }
        }
    }

    private static void walkValue(Object value, PathNode node, float[] columns, int offset, int depth) {
        if (value instanceof Number number) {
            node.number(Leaves.requireFinite(number, node.path()), number, columns, offset);
        } else if (value instanceof CharSequence text) {
            node.text(text.toString(), columns, offset);
        } else if (value instanceof Boolean flag) {
            node.flag(flag, columns, offset);
        } else if (value instanceof Map<?, ?> map) {
            walkObject(map, node, columns, offset, depth + 1);
        } else if (value instanceof List<?> list) {
            walkList(list, node, columns, offset, depth + 1);
        } else if (value != null) {
            throw Leaves.notJson(value, node.path());
        }
    }

    private static void walkList(List<?> list, PathNode node, float[] columns, int offset, int depth) {
        Leaves.requireDepth(depth, node.path());
        for (int i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            if (item instanceof CharSequence text) {
                node.text(text.toString(), columns, offset);
            } else {
                PathNode child = node.child(i);
                if (child != null) {
                    walkValue(item, child, columns, offset, depth);
                }
            }
        }
    }
}
