package io.leeway.core.features;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is known when a decision is asked for, as numbers: the context's features and, per eligible action, its id and its own
 * features. At least one action; ids differ. Immutable and thread-safe.
 */
public final class Situation {
    /** Up to here comparing ids with each other is quicker than a set of them. */
    private static final int FEW = 64;

    private final SparseVector context;
    private final String[] ids;
    private final SparseVector[] actions;

    /** @param actions the actions' own features in the order of the ids */
    public Situation(SparseVector context, List<String> ids, List<SparseVector> actions) {
        this(context, ids.toArray(new String[0]), actions.toArray(new SparseVector[0]));
        if (ids.size() != actions.size()) {
            throw new IllegalArgumentException(
                    "must be of one length: ids=" + ids.size() + " actions=" + actions.size());
        }
        requireDifferent(this.ids);
    }

    /** Takes the arrays over, unchecked. */
    Situation(SparseVector context, String[] ids, SparseVector[] actions) {
        this.context = context;
        this.ids = ids;
        this.actions = actions;
        if (ids.length == 0) {
            throw new IllegalArgumentException("must be >= 1: actions=0");
        }
    }

    /** Actions without features of their own. */
    public static Situation of(SparseVector context, List<String> ids) {
        return new Situation(context, ids, java.util.Collections.nCopies(ids.size(), SparseVector.EMPTY));
    }

    public SparseVector context() {
        return context;
    }

    /** The number of eligible actions. */
    public int size() {
        return ids.length;
    }

    public String actionId(int action) {
        return ids[action];
    }

    /** The hash of the action's id, the same on every run. */
    public int actionHash(int action) {
        return hashOf(ids[action]);
    }

    /** The hash of an action's id, the same on every run. */
    public static int hashOf(String id) {
        return Hashing.name(id, 0x616374);
    }

    /** The action's own features; empty without any. */
    public SparseVector action(int action) {
        return actions[action];
    }

    static void requireDifferent(String[] ids) {
        Set<String> seen = ids.length > FEW ? new HashSet<>(2 * ids.length) : null;
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == null || ids[i].isBlank()) {
                throw new IllegalArgumentException("must not be blank: id=" + ids[i]);
            }
            if (seen == null ? occurs(ids, i) : !seen.add(ids[i])) {
                throw new IllegalArgumentException("must occur once: id=" + ids[i]);
            }
        }
    }

    private static boolean occurs(String[] ids, int before) {
        int hash = ids[before].hashCode();
        for (int i = 0; i < before; i++) {
            if (ids[i].hashCode() == hash && ids[i].equals(ids[before])) {
                return true;
            }
        }
        return false;
    }
}
