package io.leeway.prediction;

import io.leeway.core.features.Action;
import io.leeway.core.features.HashedRow;
import io.leeway.core.model.HashedScorer;
import io.leeway.core.model.SampledScorer;
import io.leeway.core.model.UncertainScorer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The same of a scorer that takes what has been hashed already; one that knows its doubt still does. Thread safe. */
class WatchedHashedScorer extends WatchedScorer implements HashedScorer {
    private final HashedScorer scorer;

    static WatchedHashedScorer of(HashedScorer scorer, Duration budget, Consumer<String> alarm, LongSupplier nanos) {
        return scorer instanceof UncertainScorer doubting
                ? new Uncertain(doubting, budget, alarm, nanos)
                : new WatchedHashedScorer(scorer, budget, alarm, nanos);
    }

    private WatchedHashedScorer(HashedScorer scorer, Duration budget, Consumer<String> alarm, LongSupplier nanos) {
        super(scorer, budget, alarm, nanos);
        this.scorer = scorer;
    }

    @Override
    public void scoreRows(HashedRow context, List<HashedRow> actions, List<String> ids, int count, double[] scores) {
        long begin = nanos.getAsLong();
        try {
            scorer.scoreRows(context, actions, ids, count, scores);
            for (int i = 0; i < count; i++) {
                requireFinite(scores[i]);
            }
            answered(nanos.getAsLong() - begin);
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private static final class Uncertain extends WatchedHashedScorer implements UncertainScorer {
        private final SampledScorer drawn;

        private Uncertain(UncertainScorer scorer, Duration budget, Consumer<String> alarm, LongSupplier nanos) {
            super(scorer, budget, alarm, nanos);
            this.drawn = new Drawn(scorer.sampled(), this);
        }

        @Override
        public SampledScorer sampled() {
            return drawn;
        }
    }

    /** Draws, watched together with the means. */
    private record Drawn(SampledScorer draws, WatchedScorer watch) implements SampledScorer {
        @Override
        public double[][] samples(Map<String, ?> context, List<Action> actions) {
            return watch.watch(() -> draws.samples(context, actions));
        }

        @Override
        public double[] score(Map<String, ?> context, List<Action> actions) {
            return watch.score(context, actions);
        }

        @Override
        public double predict(Map<String, ?> context) {
            return watch.predict(context);
        }
    }
}
