package io.leeway.training.learning;

import io.leeway.core.features.Action;
import io.leeway.core.model.Scorer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A reward for every eligible action of a row, not only for the one that was taken: what a reward model expects, corrected for the action
 * that was taken by the model's error times the inverse of the probability. Right on average if either the probabilities or the model
 * are, so that a model which cannot fit everything fits what matters rather than what was logged most. The reward model of a row has not
 * seen it: there are two, each of every other row.
 *
 * @see "Dudik, Langford and Li, Doubly robust policy evaluation and learning, ICML 2011"
 * @see "Chernozhukov et al., Double/debiased machine learning, Econometrics Journal 21, 2018"
 */
final class DoublyRobustTargets {
    /** Actions of a row that get a target, the one that was taken always among them. */
    private static final int MOST_ACTIONS = 20;

    private static final long MOST_ROWS = 2_000_000;
    private static final int FOLDS = 2;

    private DoublyRobustTargets() {}

    /**
     * @param design with a row for each action that got a target
     * @param trainRows the first of them, that are learned from
     */
    record Expanded(Design design, int trainRows) {}

    /** A part of the rows to learn a reward model from. */
    record Part(Design design, int trainRows) {}

    /**
     * @param design of the rows as they are, for columns and heads
     * @param trainRows rows that are learned from; those up to {@code rows} say when to stop
     * @param rewardModel learns one
     */
    static Expanded of(
            RowSource source,
            Design design,
            int trainRows,
            int rows,
            Weighting weighting,
            Instant newest,
            Function<Part, Scorer> rewardModel) {
        List<Scorer> models = new ArrayList<>(FOLDS);
        for (int fold = 0; fold < FOLDS; fold++) {
            models.add(rewardModel.apply(part(source, design, trainRows, rows, fold)));
        }
        Design expanded = design.empty();
        Weighting age = weighting.withoutImportance();
        int[] learned = new int[1];
        source.read(0, rows, (row, i) -> {
            if (i == trainRows) {
                learned[0] = expanded.rows();
            }
            add(row, models.get(i % FOLDS), age.of(row, newest), expanded);
        });
        return new Expanded(expanded, learned[0] == 0 ? expanded.rows() : learned[0]);
    }

    private static Part part(RowSource source, Design design, int trainRows, int rows, int leftOut) {
        Design part = design.empty();
        int[] learned = new int[1];
        source.read(0, rows, (row, i) -> {
            if (i % FOLDS != leftOut) {
                part.add(row);
                learned[0] += i < trainRows ? 1 : 0;
            }
        });
        return new Part(part, learned[0]);
    }

    private static void add(TrainingRow row, Scorer model, double weight, Design expanded) {
        List<Action> actions = row.actions();
        int from = Math.max(0, Math.min(row.chosen() - MOST_ACTIONS / 2, actions.size() - MOST_ACTIONS));
        int to = Math.min(actions.size(), from + MOST_ACTIONS);
        if (expanded.rows() + (long) (to - from) > MOST_ROWS) {
            throw new IllegalArgumentException("must be <= " + MOST_ROWS + " rows times actions for doubly robust"
                    + " targets: a smaller window, or target direct");
        }
        double[] scores = model.score(row.context(), actions);
        List<Double> even = Collections.nCopies(actions.size(), 1.0 / actions.size());
        double inverse = Math.min(Weighting.LARGEST_IMPORTANCE, 1 / row.probability());
        for (int action = from; action < to; action++) {
            if (!expanded.has(actions.get(action).id())) {
                continue;
            }
            double correction = action == row.chosen() ? inverse * (row.reward() - scores[action]) : 0;
            TrainingRow target = new TrainingRow(
                    row.eventId(),
                    row.time(),
                    row.context(),
                    actions,
                    even,
                    action,
                    1.0 / actions.size(),
                    scores[action] + correction);
            expanded.add(target, weight);
        }
    }
}
