package io.leeway.core.logs;

import io.leeway.core.evaluation.Interval;
import java.util.List;

/**
 * A policy against the one that logged: what it would have earned per decision.
 *
 * @param decisions that were compared
 * @param logged mean reward of the logged decisions
 * @param value the logged mean plus the difference
 * @param difference estimated from the paired terms of each decision
 * @param interval of the difference, at the confidence asked for
 * @param sequence of the difference, which may be looked at after every event
 * @param effectiveSampleSize (sum w)^2 / sum w^2 of the policy's importance weights
 * @param refusal why there is no answer, or null
 * @param warnings in words
 */
public record PolicyComparison(
        int decisions,
        double logged,
        double value,
        double difference,
        double standardError,
        Interval interval,
        Interval sequence,
        double confidence,
        double effectiveSampleSize,
        String refusal,
        List<String> warnings) {
    public PolicyComparison {
        warnings = List.copyOf(warnings);
    }

    /** What can be said of the difference. */
    public enum Verdict {
        MORE,
        LESS,
        UNKNOWN
    }

    public Verdict verdict() {
        if (refusal != null || interval.contains(0)) {
            return Verdict.UNKNOWN;
        }
        return interval.lower() > 0 ? Verdict.MORE : Verdict.LESS;
    }
}
