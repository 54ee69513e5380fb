package io.leeway.simulator.dataset;

import io.leeway.core.bakeoff.RewardedStream;
import io.leeway.core.features.Action;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.features.Situation;
import io.leeway.core.features.SparseVector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a data set in their order, each a situation: its columns are the context, encoded as a service encodes them, a
 * missing cell is an absent feature. Immutable.
 */
public final class DatasetStream implements RewardedStream {
    private final List<Column> context;
    private final Outcomes outcomes;
    private final List<SparseVector> actionFeatures;
    private final int rows;
    private final HashedEncoder encoder = new HashedEncoder();

    private DatasetStream(Dataset dataset, Outcomes outcomes, List<Action> features) {
        this.context = dataset.columns().stream()
                .filter(column -> !outcomes.uses(column))
                .toList();
        this.outcomes = outcomes;
        this.rows = dataset.rows();
        this.actionFeatures = features.stream()
                .map(action -> encoder.encode(action.features()))
                .toList();
        if (context.isEmpty()) {
            throw new DatasetException("must have columns to decide by: file=" + dataset.source());
        }
    }

    /**
     * A stream of these rows.
     *
     * @param features of the actions, for each of {@link Outcomes#actions()} in their order; empty for none
     */
    public static DatasetStream of(Dataset dataset, Outcomes outcomes, List<Action> features) {
        if (features.isEmpty()) {
            return new DatasetStream(
                    dataset,
                    outcomes,
                    outcomes.actions().stream().map(Action::of).toList());
        }
        List<String> ids = features.stream().map(Action::id).toList();
        if (!ids.equals(outcomes.actions())) {
            throw new IllegalArgumentException("must be " + outcomes.actions() + ": features of " + ids);
        }
        return new DatasetStream(dataset, outcomes, features);
    }

    @Override
    public int steps() {
        return rows;
    }

    @Override
    public int features() {
        return context.size();
    }

    @Override
    public List<String> actions() {
        return outcomes.actions();
    }

    @Override
    public Situation situation(int step) {
        Map<String, Object> features = new LinkedHashMap<>(2 * context.size());
        for (Column column : context) {
            Object value = column.value(step);
            if (value != null) {
                features.put(feature(column.name()), value);
            }
        }
        SparseVector encoded = encoder.encode(features);
        int[] eligible = outcomes.eligible(step);
        if (eligible.length == outcomes.actions().size()) {
            return new Situation(encoded, outcomes.actions(), actionFeatures);
        }
        List<String> ids = new ArrayList<>(eligible.length);
        List<SparseVector> vectors = new ArrayList<>(eligible.length);
        for (int action : eligible) {
            ids.add(outcomes.actions().get(action));
            vectors.add(actionFeatures.get(action));
        }
        return new Situation(encoded, ids, vectors);
    }

    @Override
    public double reward(int step, int action) {
        return outcomes.reward(step, outcomes.eligible(step)[action]);
    }

    /** A name that begins with an underscore would be taken for one that is no feature. */
    static String feature(String column) {
        return column.startsWith("_") ? "column" + column : column;
    }
}
