package io.leeway.core.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Counts how often intervals hold the known truth of simulated logs. The same seed gives the same counts. */
public final class CoverageStudy {
    private CoverageStudy() {}

    /**
     * One line of the count.
     *
     * @param answered logs that were not refused for lack of support
     * @param held how many of their intervals held the truth, by method
     * @param width mean width of those intervals, by method
     */
    public record Count(
            String world,
            int rows,
            String estimator,
            int logs,
            int answered,
            Map<IntervalMethod, Integer> held,
            Map<IntervalMethod, Double> width) {
        /** Share of the answered logs whose interval held the truth; 1 if none was answered. */
        public double coverage(IntervalMethod method) {
            return answered == 0 ? 1 : held.getOrDefault(method, 0) / (double) answered;
        }
    }

    private static final List<String> ESTIMATORS = List.of("ips", "snips", "cips", "dm", "dr", "sndr", "mtr", "dr-os");

    /** Draws {@code logs} logs of {@code rows} rows and counts for each estimator of note; likelihood is among the methods. */
    public static List<Count> intervals(
            SimulatedLogs world, int rows, int logs, Set<IntervalMethod> methods, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        EvaluationSettings settings = EvaluationSettings.of(RewardRange.UNIT).withMaximumWeight(world.maximumWeight());
        List<Evaluation> answered = new ArrayList<>();
        for (int log = 0; log < logs; log++) {
            try {
                answered.add(Evaluation.of(world.draw(rows, random), settings, methods));
            } catch (InsufficientSupportException refused) {
                // Counted by its absence.
            }
        }
        List<Count> counts = new ArrayList<>();
        for (String estimator : ESTIMATORS) {
            counts.add(count(world, rows, logs, estimator, answered));
        }
        return counts;
    }

    private static Count count(SimulatedLogs world, int rows, int logs, String estimator, List<Evaluation> answered) {
        Map<IntervalMethod, Integer> held = new EnumMap<>(IntervalMethod.class);
        Map<IntervalMethod, Double> width = new EnumMap<>(IntervalMethod.class);
        for (Evaluation evaluation : answered) {
            evaluation.estimate(estimator).intervals().forEach((method, interval) -> {
                held.merge(method, interval.contains(world.truth()) ? 1 : 0, Integer::sum);
                width.merge(method, interval.width() / answered.size(), Double::sum);
            });
        }
        return new Count(world.name(), rows, estimator, logs, answered.size(), held, width);
    }
}
