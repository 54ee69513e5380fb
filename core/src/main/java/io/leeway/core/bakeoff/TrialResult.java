package io.leeway.core.bakeoff;

import java.util.List;

/**
 * What came out of one trial.
 *
 * @param actions of the whole stream
 * @param features columns that describe a situation
 * @param loss mean over the steps of what the best eligible action would have earned more; the 0/1 loss of a classifier
 * @param standardError of {@code loss}, over the steps
 * @param meanReward earned in a step
 * @param relativeRegret expected regret in percent of what a uniform policy's would be
 * @param smallestProbability of any choice made
 * @param course the loss in each tenth of the stream, from the first to the last
 * @param cpuMicrosPerStep CPU time of decide and learn, in microseconds
 */
public record TrialResult(
        int steps,
        int actions,
        int features,
        double loss,
        double standardError,
        double meanReward,
        double relativeRegret,
        double smallestProbability,
        List<Double> course,
        double cpuMicrosPerStep) {
    public TrialResult {
        course = List.copyOf(course);
    }
}
