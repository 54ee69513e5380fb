package io.leeway.core.model;

import io.leeway.core.features.HashedRow;
import io.leeway.core.model.HashedLayout.HashedLinearLayout;
import java.util.List;

/** A linear model of hashed features as it answers. Thread-safe. */
final class HashedLinearScorer extends RowScorer {
    private final HashedTable table;
    private final boolean regression;
    private final ThreadLocal<HashedTable.Buffers> buffers = ThreadLocal.withInitial(HashedTable.Buffers::new);

    HashedLinearScorer(Artifact artifact, HashedLinearLayout layout) {
        super(artifact.description());
        this.regression = artifact.description().loopKind().equals(ModelDescription.REGRESSION);
        this.table =
                new HashedTable(layout, artifact.tensor("slot"), artifact.tensor("weight"), artifact.tensor("scale"));
    }

    @Override
    public void scoreRows(HashedRow context, List<HashedRow> actions, List<String> ids, int count, double[] scores) {
        if (regression) {
            scores[0] = table.predict(context, buffers.get());
        } else {
            table.score(context, actions, ids, count, scores, buffers.get());
        }
    }
}
