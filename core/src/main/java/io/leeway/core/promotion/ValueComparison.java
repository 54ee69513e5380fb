package io.leeway.core.promotion;

import io.leeway.core.evaluation.Interval;
import io.leeway.core.evaluation.PolicyDifferenceSequence;
import io.leeway.core.evaluation.RewardRange;
import io.leeway.core.evaluation.SwitchedControl;
import io.leeway.core.evaluation.Values;
import java.util.List;

/**
 * How much more a candidate's policy earns than its reference on the same rows, with an anytime-valid interval.
 *
 * @param difference mean of the doubly robust terms, in units of the reward; 0 without rows
 */
record ValueComparison(PolicyDifferenceSequence sequence, double difference, double referenceValue) {
    static ValueComparison of(PairedRows rows, RewardRange range, double confidence) {
        return of(rows.bounded(), rows.referenceWeight(), rows.referenceValue(), range, confidence);
    }

    static ValueComparison of(
            List<PairedRows.Pair> pairs,
            double referenceWeight,
            double referenceValue,
            RewardRange range,
            double confidence) {
        PolicyDifferenceSequence sequence = PolicyDifferenceSequence.switched(
                range, Double.POSITIVE_INFINITY, referenceWeight, confidence, Values.CONSTANT);
        double sum = 0;
        for (PairedRows.Pair pair : pairs) {
            sequence.add(
                    pair.candidateWeight(),
                    pair.referenceWeight(),
                    pair.reward,
                    0,
                    0,
                    control(pair, referenceWeight, range));
            sum += pair.term(range);
        }
        return new ValueComparison(sequence, pairs.isEmpty() ? 0 : sum / pairs.size(), referenceValue);
    }

    /** Without the probabilities of all actions there is no telling which predictions could be used: none is. */
    private static SwitchedControl control(PairedRows.Pair pair, double referenceWeight, RewardRange range) {
        return pair.complete
                ? SwitchedControl.of(
                        pair.candidate, pair.reference, pair.logged, pair.scores, pair.taken, referenceWeight, range)
                : new SwitchedControl(range.min(), 0, range.max(), 0);
    }

    Evidence evidence(Thresholds thresholds) {
        double tolerated = thresholds.tolerance() * Math.abs(referenceValue);
        if (sequence.isWorseThan(-tolerated)) {
            return Evidence.WORSE;
        }
        if (sequence.isBetterBy(thresholds.gain())) {
            return Evidence.BETTER;
        }
        boolean harmless = thresholds.gain() == 0 && sequence.isBetterBy(-tolerated);
        return harmless ? Evidence.NOT_WORSE : Evidence.OPEN;
    }

    Interval interval() {
        return sequence.interval();
    }
}
