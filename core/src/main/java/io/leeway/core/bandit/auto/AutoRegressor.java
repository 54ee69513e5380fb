package io.leeway.core.bandit.auto;

import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.LearnedState;
import io.leeway.core.bandit.Memento;
import io.leeway.core.bandit.online.OnlineRegressor;
import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;
import io.leeway.core.model.Export;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A regressor without settings: the experts of {@link AutoPolicy}, averaged alike, for a number that does not depend on an
 * action. Predictions stay near what was observed. Not thread-safe; memory is bounded.
 */
public final class AutoRegressor implements OnlineRegressor, LearnedState {
    private static final List<String> ONLY = List.of("value");
    private static final Choice CHOICE = new Choice(0, 1);

    private final Combination combination;
    private Situation latest;

    public AutoRegressor() {
        this(Runnable::run);
    }

    /** @param beside see {@link AutoPolicy#AutoPolicy(Executor)} */
    public AutoRegressor(Executor beside) {
        combination = new Combination(beside);
    }

    @Override
    public double predict(SparseVector features) {
        return combination.meanReward(situation(features), 0);
    }

    @Override
    public void learn(SparseVector features, double observed) {
        if (!Double.isFinite(observed)) {
            throw new IllegalArgumentException("must be finite: observed=" + observed);
        }
        combination.learn(situation(features), CHOICE, observed);
    }

    /** The same for the same features: what was predicted just now need not be predicted again. */
    private Situation situation(SparseVector features) {
        if (latest == null || latest.context() != features) {
            latest = Situation.of(features, ONLY);
        }
        return latest;
    }

    /** To be served. What is chosen for it counts from now on; at least one feedback has been learned. */
    @Override
    public Export export() {
        return combination.export();
    }

    /** How its experts stand. */
    public List<ExpertStanding> standings() {
        return combination.standings();
    }

    /** Writes the state, or goes on from it in a new one; trees and ridges are then fitted to what is remembered. */
    @Override
    public void exchange(Memento state) {
        combination.exchange(state);
    }
}
