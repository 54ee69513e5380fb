package io.leeway.core.promotion;

import io.leeway.core.bandit.Policy;
import io.leeway.core.bandit.Scored;
import io.leeway.core.evaluation.RewardRange;
import io.leeway.core.features.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Logged rows as a paired comparison needs them: what candidate and reference (the champion, or the logging policy) would have done. Only
 * actions that the logging policy could take count (common support), and only rows with at least two of them. Values are compared in
 * those rows in which the reference's weight is bounded whatever action was taken. The candidate's scores are the reward model of both sides: it has not learned
 * from these rows, so that it cannot favour anybody.
 *
 * @param referenceWeight what no weight of the reference exceeds, >= 1
 * @param unsupported rows that were left out
 */
record PairedRows(List<Pair> pairs, double referenceWeight, int unsupported) {
    /** In rows in which the reference's weight could be larger, values are not compared. */
    static final double MOST_REFERENCE_WEIGHT = 16;

    private static final double ROUNDING = 1e-6;

    PairedRows {
        pairs = List.copyOf(pairs);
    }

    /** One row. The arrays are by supported action and not to be changed. */
    static final class Pair {
        final JudgedRow row;
        final double reward;
        final int taken;
        final double[] logged;
        final double[] candidate;
        final double[] reference;
        final double[] scores;
        /** The reference's prediction for the logged action; NaN without a model. */
        final double referenceScore;
        /** Whether the log kept the probabilities of all actions. */
        final boolean complete;

        private Pair(
                JudgedRow row,
                double reward,
                int taken,
                double[] logged,
                double[] candidate,
                double[] reference,
                double[] scores,
                double referenceScore,
                boolean complete) {
            this.row = row;
            this.reward = reward;
            this.taken = taken;
            this.logged = logged;
            this.candidate = candidate;
            this.reference = reference;
            this.scores = scores;
            this.referenceScore = referenceScore;
            this.complete = complete;
        }

        double candidateWeight() {
            return candidate[taken] / logged[taken];
        }

        double referenceWeight() {
            double weight = reference[taken] / logged[taken];
            return Math.abs(weight - 1) < ROUNDING ? 1 : weight;
        }

        boolean bounded() {
            return mostReferenceWeight() <= MOST_REFERENCE_WEIGHT;
        }

        /** Largest weight that the reference could have had here. */
        private double mostReferenceWeight() {
            if (!complete) {
                return reference == logged ? 1 : Double.POSITIVE_INFINITY;
            }
            double most = 0;
            for (int i = 0; i < logged.length; i++) {
                most = Math.max(most, reference[i] / logged[i]);
            }
            return most;
        }

        /** Doubly robust term of the difference, with the candidate's scores cut to the range. */
        double term(RewardRange range) {
            double term = (candidateWeight() - referenceWeight()) * (reward - range.clip(scores[taken]));
            for (int i = 0; i < scores.length; i++) {
                term += (candidate[i] - reference[i]) * range.clip(scores[i]);
            }
            return term;
        }
    }

    static PairedRows of(List<JudgedRow> rows, Policy candidate, Optional<Policy> champion, RewardRange range) {
        List<Pair> pairs = new ArrayList<>();
        int unsupported = 0;
        double most = 1;
        for (JudgedRow row : rows) {
            Pair pair = pair(row, candidate, champion, range);
            if (pair == null) {
                unsupported++;
            } else {
                pairs.add(pair);
                if (pair.bounded()) {
                    double weight = pair.mostReferenceWeight();
                    most = Math.max(most, weight < 1 + ROUNDING ? 1 : weight);
                }
            }
        }
        return new PairedRows(pairs, most, unsupported);
    }

    /** Null if there was no choice, or nobody knows with which probabilities it was made. */
    private static Pair pair(JudgedRow row, Policy candidate, Optional<Policy> champion, RewardRange range) {
        List<Action> supported = row.supported();
        int taken = supported.indexOf(row.action());
        if (supported.size() < 2 || taken < 0) {
            return null;
        }
        double[] logged = logged(row, supported, taken);
        Scored own = candidate.decide(row.context(), supported);
        double[] scores = own.scores().orElseGet(() -> new double[supported.size()]);
        double[] reference = logged;
        double referenceScore = Double.NaN;
        if (champion.isPresent()) {
            Scored theirs = champion.get().decide(row.context(), supported);
            reference = theirs.distribution().toArray();
            referenceScore = theirs.scores().map(values -> values[taken]).orElse(Double.NaN);
        }
        return new Pair(
                row,
                range.clip(row.reward()),
                taken,
                logged,
                own.distribution().toArray(),
                reference,
                scores,
                referenceScore,
                row.complete());
    }

    /** Where history kept the probability of the chosen action only, the others share the rest evenly: they weigh nothing. */
    private static double[] logged(JudgedRow row, List<Action> supported, int taken) {
        double[] logged = new double[supported.size()];
        if (!row.complete()) {
            java.util.Arrays.fill(logged, Math.max(1e-9, (1 - row.probability()) / (logged.length - 1)));
            logged[taken] = row.probability();
            return logged;
        }
        int at = 0;
        for (double probability : row.probabilities()) {
            if (probability > 0) {
                logged[at++] = probability;
            }
        }
        logged[taken] = row.probability();
        return logged;
    }

    /** Those in which values are compared. */
    List<Pair> bounded() {
        return pairs.stream().filter(Pair::bounded).toList();
    }

    /** (sum w)^2 / sum w^2 of the candidate. */
    double effectiveSampleSize() {
        double sum = 0;
        double squares = 0;
        for (Pair pair : bounded()) {
            sum += pair.candidateWeight();
            squares += pair.candidateWeight() * pair.candidateWeight();
        }
        return squares == 0 ? 0 : sum * sum / squares;
    }

    /** Self-normalised value of the reference. */
    double referenceValue() {
        double weights = 0;
        double sum = 0;
        for (Pair pair : bounded()) {
            weights += pair.referenceWeight();
            sum += pair.referenceWeight() * pair.reward;
        }
        return weights == 0 ? 0 : sum / weights;
    }
}
