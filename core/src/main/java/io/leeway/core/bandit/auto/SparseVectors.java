package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Memento;
import io.leeway.core.features.SparseVector;

/** Vectors on their way out or back in. */
final class SparseVectors {
    private SparseVectors() {}

    /** @param vector null if one is read */
    static SparseVector exchange(Memento state, SparseVector vector) {
        int namespaces = state.length(vector == null ? 0 : vector.namespaces());
        SparseVector.Builder builder = new SparseVector.Builder(vector == null ? 8 : 0);
        for (int n = 0; n < namespaces; n++) {
            builder.namespace(state.whole(vector == null ? 0 : vector.namespace(n)));
            int entries = state.length(vector == null ? 0 : vector.end(n) - vector.start(n));
            for (int i = 0; i < entries; i++) {
                int entry = vector == null ? 0 : vector.start(n) + i;
                int index = state.whole(vector == null ? 0 : vector.index(entry));
                double value = state.number(vector == null ? 0 : vector.value(entry));
                boolean number = state.flag(vector != null && vector.isNumber(entry));
                if (vector == null && number) {
                    builder.number(index, value);
                } else if (vector == null) {
                    builder.indicator(index);
                }
            }
        }
        return vector == null ? builder.build() : vector;
    }
}
