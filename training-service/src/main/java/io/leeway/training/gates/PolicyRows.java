package io.leeway.training.gates;

import io.leeway.core.bandit.Policy;
import io.leeway.core.bandit.Scored;
import io.leeway.core.evaluation.LoggedRows;
import io.leeway.core.features.Action;
import io.leeway.training.learning.TrainingRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Logged rows as off-policy evaluation needs them, for a candidate and what it is compared with. Only actions that the logging
 * policy could take count (common support), and only rows with at least two of them. The candidate's scores are the reward model
 * of both sides: it has not learned from these rows, so that it cannot favour anybody.
 *
 * @param candidate rows with the candidate's probabilities
 * @param reference the same rows with the champion's probabilities, or with the logging policy's own
 * @param predicted by the candidate for the action that was taken
 * @param championPredicted by the champion; empty without one
 * @param unsupported rows that were left out
 */
record PolicyRows(
        LoggedRows candidate,
        LoggedRows reference,
        List<Double> rewards,
        List<Double> predicted,
        List<Double> championPredicted,
        int unsupported) {
    private static final double WHOLE = 1e-6;

    static PolicyRows of(List<TrainingRow> rows, Policy candidate, Optional<Policy> champion) {
        Columns columns = new Columns(rows.size());
        for (TrainingRow row : rows) {
            List<Action> supported = supported(row);
            if (supported.size() < 2) {
                columns.unsupported++;
            } else {
                columns.add(row, supported, candidate, champion);
            }
        }
        return columns.done(champion.isPresent());
    }

    /** The eligible actions that were logged with a probability above 0; all of them where history did not keep the others'. */
    private static List<Action> supported(TrainingRow row) {
        double sum =
                row.probabilities().stream().mapToDouble(Double::doubleValue).sum();
        if (Math.abs(sum - 1) > WHOLE) {
            return row.actions();
        }
        List<Action> supported = new ArrayList<>();
        for (int i = 0; i < row.actions().size(); i++) {
            if (row.probabilities().get(i) > 0) {
                supported.add(row.actions().get(i));
            }
        }
        return supported;
    }

    private static final class Columns {
        private final double[] reward;
        private final double[] pscore;
        private final double[] piCandidate;
        private final double[] piReference;
        private final double[] qTaken;
        private final double[] qCandidate;
        private final double[] qReference;
        private final List<Double> championPredicted = new ArrayList<>();
        private int size;
        private int unsupported;

        private Columns(int rows) {
            reward = new double[rows];
            pscore = new double[rows];
            piCandidate = new double[rows];
            piReference = new double[rows];
            qTaken = new double[rows];
            qCandidate = new double[rows];
            qReference = new double[rows];
        }

        private void add(TrainingRow row, List<Action> supported, Policy candidate, Optional<Policy> champion) {
            int taken = supported.indexOf(row.action());
            if (taken < 0) {
                unsupported++;
                return;
            }
            Scored own = candidate.decide(row.context(), supported);
            double[] scores = own.scores().orElseGet(() -> new double[supported.size()]);
            reward[size] = row.reward();
            pscore[size] = row.probability();
            piCandidate[size] = own.distribution().probability(taken);
            qTaken[size] = scores[taken];
            qCandidate[size] = mean(own, scores);
            if (champion.isPresent()) {
                Scored theirs = champion.get().decide(row.context(), supported);
                piReference[size] = theirs.distribution().probability(taken);
                qReference[size] = mean(theirs, scores);
                championPredicted.add(
                        theirs.scores().map(values -> values[taken]).orElse(0.0));
            } else {
                // Weight 1 and a model that cancels: what remains is the reward itself.
                piReference[size] = row.probability();
                qReference[size] = scores[taken];
            }
            size++;
        }

        private static double mean(Scored policy, double[] scores) {
            double sum = 0;
            for (int i = 0; i < scores.length; i++) {
                sum += policy.distribution().probability(i) * scores[i];
            }
            return sum;
        }

        private PolicyRows done(boolean champion) {
            LoggedRows candidate =
                    LoggedRows.of(cut(reward), cut(pscore), cut(piCandidate), cut(qTaken), cut(qCandidate));
            LoggedRows reference =
                    LoggedRows.of(cut(reward), cut(pscore), cut(piReference), cut(qTaken), cut(qReference));
            return new PolicyRows(
                    candidate,
                    reference,
                    boxed(reward),
                    boxed(qTaken),
                    champion ? championPredicted : List.of(),
                    unsupported);
        }

        private List<Double> boxed(double[] column) {
            return Arrays.stream(column, 0, size).boxed().toList();
        }

        private double[] cut(double[] column) {
            return Arrays.copyOf(column, size);
        }
    }
}
