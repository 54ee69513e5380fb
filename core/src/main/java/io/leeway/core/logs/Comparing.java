package io.leeway.core.logs;

import io.leeway.core.evaluation.EvaluationSettings;
import io.leeway.core.evaluation.InsufficientSupportException;
import io.leeway.core.evaluation.Interval;
import io.leeway.core.evaluation.LoggedRows;
import io.leeway.core.evaluation.MeanEstimate;
import io.leeway.core.evaluation.PolicyDifferenceSequence;
import io.leeway.core.evaluation.RewardRange;
import io.leeway.core.evaluation.Support;
import io.leeway.core.evaluation.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a {@link PolicyComparison} of replayed decisions: the mean of (w - 1) (r - q) plus the predicted gain, each counted for as
 * many decisions as it represents.
 */
final class Comparing {
    private final ReplayedColumns columns;
    private final EvaluationSettings settings;
    private final Support support;
    private final double meanRepresented;
    private final boolean alike;
    private final List<String> warnings;

    Comparing(ReplayedColumns columns, EvaluationSettings settings) {
        this.columns = columns;
        this.settings = settings;
        LoggedRows rows = columns.rows();
        this.support = Support.of(rows);
        this.warnings = new ArrayList<>(support.warnings());
        double sum = 0;
        boolean same = true;
        for (int i = 0; i < columns.size(); i++) {
            sum += columns.represents(i);
            same &= columns.represents(i) == columns.represents(0);
        }
        this.meanRepresented = columns.size() == 0 ? 1 : sum / columns.size();
        this.alike = same;
        if (!same) {
            warnings.add("pdrop varies: the comparison counts each line for the decisions it stands for;"
                    + " the estimates count each line once");
        }
    }

    PolicyComparison compare() {
        String refusal = refusal();
        int size = columns.size();
        double logged = 0;
        double[] terms = new double[size];
        double control = 0;
        double weights = 0;
        for (int i = 0; i < size; i++) {
            double represented = columns.represents(i) / meanRepresented;
            logged += represented * columns.reward(i) / size;
            terms[i] = represented
                    * (columns.predictedGain(i) + (columns.weight(i) - 1) * (columns.reward(i) - columns.control(i)));
            weights += columns.weight(i);
            control += columns.weight(i) * columns.control(i);
        }
        if (size < 2 || weights == 0) {
            Interval nothing = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            return comparison(logged, new MeanEstimate(0, 0, nothing), null, refusal);
        }
        return comparison(logged, estimate(terms, control / weights), sequence(), refusal);
    }

    private MeanEstimate estimate(double[] terms, double control) {
        RewardRange range = settings.rewardRange();
        double weight = support.typicalWeight();
        MeanEstimate estimate = MeanEstimate.likelihood(
                terms,
                weight * (range.min() - control),
                weight * (range.max() - control),
                support.effectiveSampleSize(),
                settings.confidence());
        double missing = support.missingWeight() * range.width();
        return new MeanEstimate(
                estimate.mean(),
                estimate.standardError(),
                new Interval(
                        estimate.interval().lower() - missing,
                        estimate.interval().upper() + missing));
    }

    /** Null where lines stand for different numbers of decisions: it would be a sequence of the lines. */
    private Interval sequence() {
        if (!alike) {
            return null;
        }
        PolicyDifferenceSequence sequence = PolicyDifferenceSequence.againstLogged(
                settings.rewardRange(), settings.maximumWeight(), settings.confidence(), Values.CHANGING);
        for (int i = 0; i < columns.size(); i++) {
            sequence.add(columns.weight(i), 1, columns.reward(i), columns.control(i), columns.predictedGain(i));
        }
        return sequence.interval();
    }

    private String refusal() {
        try {
            settings.minimum().require(columns.rows());
            return null;
        } catch (InsufficientSupportException e) {
            return e.getMessage();
        }
    }

    private PolicyComparison comparison(double logged, MeanEstimate difference, Interval sequence, String refusal) {
        return new PolicyComparison(
                columns.size(),
                logged,
                logged + difference.mean(),
                difference.mean(),
                difference.standardError(),
                difference.interval(),
                sequence,
                settings.confidence(),
                support.effectiveSampleSize(),
                refusal,
                warnings);
    }
}
