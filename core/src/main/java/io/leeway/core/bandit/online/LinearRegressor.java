package io.leeway.core.bandit.online;

import io.leeway.core.bandit.LearnedState;
import io.leeway.core.bandit.Memento;
import io.leeway.core.features.SparseVector;
import io.leeway.core.model.Export;
import java.util.List;

/** The learner of {@link HashedLinear} for numbers to predict: hashed features, fixed memory. Not thread-safe. */
public final class LinearRegressor implements OnlineRegressor, LearnedState {
    private final LinearOptions options;
    private final LinearTable table;
    private final ScaledRows rows;
    private final RewardScale targets = new RewardScale();
    private final FeatureRow row = new FeatureRow();

    public LinearRegressor(LinearOptions options) {
        this.options = options;
        this.table = new LinearTable(options.bits(), options.learningRate());
        this.rows = new ScaledRows(options.standardise());
    }

    /** Stays within the range of what was observed. */
    @Override
    public double predict(SparseVector features) {
        fill(features);
        return Math.max(targets.lower(), Math.min(targets.upper(), table.predict(row, 0)));
    }

    @Override
    public void learn(SparseVector features, double observed) {
        double bounded = targets.observe(observed);
        rows.observe(features);
        fill(features);
        table.learn(row, 0, bounded, targets.lower(), targets.upper(), 1, targets.unit());
    }

    private void fill(SparseVector features) {
        row.clear();
        rows.append(features, 0, features.size(), row);
        row.add(FeatureRow.CONSTANT, 1);
    }

    /** To be served. */
    @Override
    public Export export() {
        return table.export(options.standardise(), rows.scales(), List.of(), targets.lower(), targets.upper());
    }

    /** Writes the state, or goes on from it; the options must be the same. */
    @Override
    public void exchange(Memento state) {
        state.mark("linear-regressor " + options);
        table.exchange(state);
        rows.exchange(state);
        targets.exchange(state);
    }
}
