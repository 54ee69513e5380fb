package io.leeway.core.bandit.online;

import io.leeway.core.bandit.online.LinearOptions.Interaction;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.features.SparseVector;
import java.util.List;

/** Adds the products of context and action features to a row. Immutable. */
final class Interactions {
    private final List<Interaction> pairs;
    private final int[] contexts;
    private final int[] actions;

    Interactions(List<Interaction> pairs) {
        this.pairs = List.copyOf(pairs);
        this.contexts = pairs.stream()
                .mapToInt(pair -> HashedEncoder.namespace(pair.context()))
                .toArray();
        this.actions = pairs.stream()
                .mapToInt(pair -> HashedEncoder.namespace(pair.action()))
                .toArray();
    }

    /**
     * Appends the products.
     *
     * @param scaled the context's entries as scaled, in the order of {@code context}
     * @param start where the action's entries stand in {@code row} as scaled, in the order of {@code action}
     */
    void append(SparseVector context, FeatureRow scaled, SparseVector action, int start, FeatureRow row) {
        for (int c = 0; c < context.namespaces(); c++) {
            for (int a = 0; a < action.namespaces(); a++) {
                if (wants(context.namespace(c), action.namespace(a))) {
                    for (int i = context.start(c); i < context.end(c); i++) {
                        multiply(scaled.index(i), scaled.value(i), start + action.start(a), start + action.end(a), row);
                    }
                }
            }
        }
    }

    private boolean wants(int context, int action) {
        for (int i = 0; i < contexts.length; i++) {
            Interaction pair = pairs.get(i);
            if ((contexts[i] == context || pair.context().equals(Interaction.ANY))
                    && (actions[i] == action || pair.action().equals(Interaction.ANY))) {
                return true;
            }
        }
        return false;
    }

    private static void multiply(int index, double value, int from, int to, FeatureRow row) {
        if (value != 0) {
            int seed = index * 0x01000193;
            for (int i = from; i < to; i++) {
                // Another factor on either side: a product is not its mirror image.
                row.add(seed ^ row.index(i) * 0x27d4eb2f, value * row.value(i));
            }
        }
    }
}
