package io.leeway.prediction;

import io.leeway.core.features.FeatureEncoder;
import io.leeway.core.model.ColumnScorer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The same of a scorer that takes what has been encoded already. Thread safe. */
final class WatchedColumnScorer extends WatchedScorer implements ColumnScorer {
    private final ColumnScorer scorer;

    WatchedColumnScorer(ColumnScorer scorer, Duration budget, Consumer<String> alarm, LongSupplier nanos) {
        super(scorer, budget, alarm, nanos);
        this.scorer = scorer;
    }

    @Override
    public FeatureEncoder encoder() {
        return scorer.encoder();
    }

    @Override
    public boolean readsIds() {
        return scorer.readsIds();
    }

    @Override
    public void scoreColumns(float[] context, float[] actions, List<String> ids, int count, double[] scores) {
        long begin = nanos.getAsLong();
        try {
            scorer.scoreColumns(context, actions, ids, count, scores);
            for (int i = 0; i < count; i++) {
                requireFinite(scores[i]);
            }
            answered(nanos.getAsLong() - begin);
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }
}
