package io.leeway.core.model;

import io.leeway.core.features.Action;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.features.HashedRow;
import io.leeway.core.features.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What all scorers of hashed features do alike: from JSON to rows. Thread-safe. */
abstract class RowScorer implements HashedScorer {
    /** What a number is predicted for, in a regression loop. */
    static final String VALUE = "value";

    private static final List<Action> ONLY = List.of(Action.of(VALUE));

    private final HashedEncoder encoder = new HashedEncoder();
    private final boolean regression;

    RowScorer(ModelDescription description) {
        this.regression = description.loopKind().equals(ModelDescription.REGRESSION);
    }

    @Override
    public final double[] score(Map<String, ?> context, List<Action> actions) {
        if (regression) {
            throw new IllegalStateException("must be a bandit model to score actions");
        }
        return scores(context, actions);
    }

    @Override
    public final double predict(Map<String, ?> context) {
        if (!regression) {
            throw new IllegalStateException("must be a regression model to predict");
        }
        return scores(context, ONLY)[0];
    }

    private double[] scores(Map<String, ?> context, List<Action> actions) {
        Situation situation = encoder.encode(context, actions);
        HashedRow contextRow = new HashedRow();
        contextRow.set(situation.context());
        List<HashedRow> rows = new ArrayList<>(actions.size());
        List<String> ids = new ArrayList<>(actions.size());
        for (int i = 0; i < situation.size(); i++) {
            HashedRow row = new HashedRow();
            row.set(situation.action(i));
            rows.add(row);
            ids.add(situation.actionId(i));
        }
        double[] scores = new double[ids.size()];
        scoreRows(contextRow, rows, ids, scores.length, scores);
        return scores;
    }
}
