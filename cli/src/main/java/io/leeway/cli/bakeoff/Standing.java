package io.leeway.cli.bakeoff;

import io.leeway.core.bakeoff.TrialResult;
import io.leeway.core.evaluation.ProgressiveMean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How the policies did on one set.
 *
 * @param streams their names
 * @param results by policy, one for each stream
 */
record Standing(String set, List<String> streams, Map<String, List<TrialResult>> results) {
    /**
     * A figure over the streams of a set.
     *
     * @param standardError over the streams if there are two or more, otherwise that of the one stream over its rows
     */
    record Figure(double mean, double standardError) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.4f +-%.4f", mean, standardError);
        }
    }

    Standing {
        results = new LinkedHashMap<>(results);
    }

    TrialResult first() {
        return results.values().iterator().next().get(0);
    }

    Figure loss(String policy) {
        Figure figure = figure(policy, TrialResult::loss);
        List<TrialResult> trials = results.get(policy);
        return trials.size() > 1
                ? figure
                : new Figure(figure.mean(), trials.get(0).standardError());
    }

    /** Mean over the streams; its standard error is 0 where there is but one. */
    Figure figure(String policy, ToDoubleFunction<TrialResult> value) {
        ProgressiveMean mean = new ProgressiveMean();
        results.get(policy).forEach(trial -> mean.add(value.applyAsDouble(trial)));
        return new Figure(mean.mean(), mean.standardError());
    }
}
