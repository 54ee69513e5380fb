package io.leeway.core.evaluation;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * One side of a confidence sequence: several ways to gather evidence against a claimed value, whose capitals are averaged. Not
 * thread-safe.
 */
final class Evidence {
    private static final int HALVINGS = 60;

    /**
     * One way.
     *
     * @param sequence of the values that it makes of an event
     * @param meanOf the mean of those values if the claimed value were true
     */
    record Way(MeanSequence sequence, DoubleUnaryOperator meanOf) {}

    private final List<Way> ways;
    private final double logThreshold;

    /** @param alpha the probability that truth is ever excluded on this side */
    Evidence(List<Way> ways, double alpha) {
        this.ways = List.copyOf(ways);
        this.logThreshold = Math.log(1 / alpha);
    }

    boolean excludes(double claimed) {
        double[] logs = new double[ways.size()];
        for (int i = 0; i < logs.length; i++) {
            Way way = ways.get(i);
            logs[i] = way.sequence.logCapital(way.meanOf.applyAsDouble(claimed));
        }
        return MeanSequence.logSum(logs) - Math.log(logs.length) >= logThreshold;
    }

    /** The claimed value nearest to {@code far} that is not excluded, where those towards {@code near} are excluded first. */
    double bound(double near, double far) {
        if (!excludes(near)) {
            return near;
        }
        double excluded = near;
        double open = far;
        for (int i = 0; i < HALVINGS && excluded != open; i++) {
            double middle = (excluded + open) / 2;
            if (excludes(middle)) {
                excluded = middle;
            } else {
                open = middle;
            }
        }
        return excluded;
    }
}
