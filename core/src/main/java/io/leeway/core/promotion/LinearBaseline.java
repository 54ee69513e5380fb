package io.leeway.core.promotion;

import io.leeway.core.bandit.RidgeRegression;
import io.leeway.core.features.FeatureEncoder;
import io.leeway.core.features.FeatureSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The simple baseline of a regression loop: ridge regression over the columns that the candidate itself reads. Give it the rows that the
 * candidate learned from. Not thread-safe.
 */
public final class LinearBaseline {
    private static final int MOST_ROWS = 20_000;
    private static final int MOST_COLUMNS = 400;
    private static final double PENALTY = 1;

    private final FeatureEncoder encoder;
    private final List<float[]> columns = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();

    private LinearBaseline(FeatureEncoder encoder) {
        this.encoder = encoder;
    }

    /** Empty where there are too many columns for a quick answer. */
    public static Optional<LinearBaseline> over(FeatureSpec features) {
        return features.width() > MOST_COLUMNS || features.width() == 0
                ? Optional.empty()
                : Optional.of(new LinearBaseline(new FeatureEncoder(features)));
    }

    /** Of more rows than it can use, the first ones count. */
    public void learn(Map<String, Object> context, double value) {
        if (columns.size() < MOST_ROWS) {
            columns.add(encoder.encode(context));
            values.add(value);
        }
    }

    /** Predicts from what was learned; empty without rows. */
    public Optional<ToDoubleFunction<Map<String, Object>>> fit() {
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        RidgeRegression.LinearFit fit = RidgeRegression.fit(
                columns.toArray(float[][]::new),
                values.stream().mapToDouble(Double::doubleValue).toArray(),
                null,
                PENALTY);
        return Optional.of(context -> fit.predict(encoder.encode(context)));
    }
}
