package io.leeway.core.bandit.online;

import io.leeway.core.bandit.LearnedState;
import io.leeway.core.bandit.Memento;
import io.leeway.core.features.SparseVector;
import io.leeway.core.model.Export;
import java.util.List;

/** Bayesian ridge regression for numbers to predict; the same after a batch as after its rows one by one. Not thread-safe. */
public final class RidgeRegressor implements OnlineRegressor, LearnedState {
    private final RidgeOptions options;
    private final RawRows rows;
    private final RewardScale targets = new RewardScale();
    private StandardRidge ridge;
    private final Milestones milestones = new Milestones(1.4);
    private double largest;

    public RidgeRegressor(RidgeOptions options) {
        this.options = options;
        this.rows = new RawRows(options.maximumColumns());
        this.ridge = new StandardRidge(options.lambda(), options.forgetting(), options.standardise());
    }

    /** Stays near the range of what was observed. */
    @Override
    public double predict(SparseVector features) {
        return targets.near(ridge.mean(rows.row(features), rows));
    }

    @Override
    public void learn(SparseVector features, double observed) {
        double bounded = targets.observe(observed);
        rows.observe(features);
        if (targets.isOfAnotherRange(largest)) {
            ridge = new StandardRidge(options.lambda(), options.forgetting(), options.standardise());
            largest = 0;
        }
        largest = Math.max(largest, Math.abs(bounded));
        ridge.learn(rows.row(features), rows, bounded, 1);
        if (milestones.step()) {
            ridge.renew(rows);
        }
    }

    /** To be served, without a posterior. */
    @Override
    public Export export() {
        return new RidgeExport(rows, options, false, targets).of(List.of("value"), List.of(ridge, ridge));
    }

    /** Writes the state, or goes on from it; the options must be the same. */
    @Override
    public void exchange(Memento state) {
        state.mark("ridge-regressor " + options);
        rows.exchange(state);
        targets.exchange(state);
        ridge.exchange(state);
        milestones.exchange(state);
        largest = state.number(largest);
    }
}
