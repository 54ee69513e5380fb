package io.leeway.prediction;

import io.leeway.core.features.Action;
import io.leeway.core.model.ColumnScorer;
import io.leeway.core.model.Forecast;
import io.leeway.core.model.HashedScorer;
import io.leeway.core.model.SampledScorer;
import io.leeway.core.model.Scorer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The scorer of a model that is tried, as challenger or shadow: raises an alarm, once, as soon as it fails, gives a score that is no
 * number, or is too slow in many of its latest answers. Thread safe.
 */
class WatchedScorer implements Scorer {
    private static final int WINDOW = 100;
    /** So many slow ones of a window are no longer the machine's doing. */
    private static final int MOST_SLOW = 20;

    private final Scorer scorer;
    private final long budgetNanos;
    private final Consumer<String> alarm;
    protected final LongSupplier nanos;
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger slow = new AtomicInteger();
    private final AtomicBoolean raised = new AtomicBoolean();

    /**
     * Watches a scorer; one of several opinions, or that knows its doubt, still does, as does one that takes what has been encoded already.
     *
     * @param budget of one answer
     * @param alarm told what is wrong, at most once
     * @param nanos the clock
     */
    static WatchedScorer of(Scorer scorer, Duration budget, Consumer<String> alarm, LongSupplier nanos) {
        if (scorer instanceof ColumnScorer columns) {
            return new WatchedColumnScorer(columns, budget, alarm, nanos);
        }
        if (scorer instanceof HashedScorer hashed) {
            return WatchedHashedScorer.of(hashed, budget, alarm, nanos);
        }
        return scorer instanceof SampledScorer sampled
                ? new Sampled(sampled, budget, alarm, nanos)
                : new WatchedScorer(scorer, budget, alarm, nanos);
    }

    private static final class Sampled extends WatchedScorer implements SampledScorer {
        private final SampledScorer sampled;

        private Sampled(SampledScorer sampled, Duration budget, Consumer<String> alarm, LongSupplier nanos) {
            super(sampled, budget, alarm, nanos);
            this.sampled = sampled;
        }

        @Override
        public double[][] samples(Map<String, ?> context, List<Action> actions) {
            return watch(() -> sampled.samples(context, actions));
        }
    }

    WatchedScorer(Scorer scorer, Duration budget, Consumer<String> alarm, LongSupplier nanos) {
        this.scorer = scorer;
        this.budgetNanos = budget.toNanos();
        this.alarm = alarm;
        this.nanos = nanos;
    }

    @Override
    public double[] score(Map<String, ?> context, List<Action> actions) {
        return watch(() -> new double[][] {scorer.score(context, actions)})[0];
    }

    final double[][] watch(Supplier<double[][]> answer) {
        long begin = nanos.getAsLong();
        try {
            double[][] all = answer.get();
            for (double[] scores : all) {
                for (double score : scores) {
                    requireFinite(score);
                }
            }
            answered(nanos.getAsLong() - begin);
            return all;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    @Override
    public double predict(Map<String, ?> context) {
        return watched(() -> new Forecast(scorer.predict(context), Optional.empty()))
                .value();
    }

    @Override
    public Forecast forecast(Map<String, ?> context) {
        return watched(() -> scorer.forecast(context));
    }

    private Forecast watched(Supplier<Forecast> answer) {
        long begin = nanos.getAsLong();
        try {
            Forecast forecast = answer.get();
            answered(nanos.getAsLong() - begin);
            return forecast;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    protected static void requireFinite(double score) {
        if (!Double.isFinite(score)) {
            throw new IllegalStateException("must be finite: score=" + score);
        }
    }

    protected final TrialFailedException failed(RuntimeException e) {
        String reason = "failed to score: " + e.getMessage();
        raise(reason);
        return new TrialFailedException(reason, e);
    }

    protected final void answered(long took) {
        int late = took > budgetNanos ? slow.incrementAndGet() : slow.get();
        if (late > MOST_SLOW) {
            raise("took longer than " + Duration.ofNanos(budgetNanos) + " in " + late + " of its last answers");
        }
        if (answers.incrementAndGet() % WINDOW == 0) {
            slow.set(0);
        }
    }

    private void raise(String reason) {
        if (raised.compareAndSet(false, true)) {
            alarm.accept(reason);
        }
    }
}
