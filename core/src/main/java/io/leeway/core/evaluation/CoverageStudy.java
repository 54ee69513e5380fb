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

    private static final double CONFIDENCE = 0.95;

    /** Widths take longer than counting, and vary less. */
    private static final int WIDTHS = 10;

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

    /**
     * One line of the count of confidence sequences.
     *
     * @param sequence what it is of and what it knows
     * @param held logs in which the sequence held the truth after each of its events
     * @param width mean width after the last event of the first logs
     */
    public record SequenceCount(String world, int events, String sequence, int logs, int held, double width) {
        /** Share of the logs whose sequence held the truth at all times at once. */
        public double coverage() {
            return held / (double) logs;
        }
    }

    /** What is counted. */
    private enum Kind {
        VALUE("value, weights unbounded"),
        VALUE_BOUNDED("value, weights bounded"),
        VALUE_MODEL("value, bounded, reward model"),
        DIFFERENCE("difference to the logged policy, unbounded"),
        DIFFERENCE_BOUNDED("difference to the logged policy, bounded"),
        CHANGING("average value of a changing policy, bounded");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        boolean bounded() {
            return this != VALUE && this != DIFFERENCE;
        }
    }

    /** Draws {@code logs} logs of {@code events} events and looks at 95 percent sequences after every event. */
    public static List<SequenceCount> sequences(SimulatedLogs world, int events, int logs, long seed) {
        List<SequenceCount> counts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            SplittableRandom random = new SplittableRandom(seed);
            int held = 0;
            double width = 0;
            for (int log = 0; log < logs; log++) {
                LoggedRows rows = world.draw(events, random);
                Watch watch = watch(world, kind, log < WIDTHS);
                boolean always = true;
                for (int i = 0; i < events; i++) {
                    always &= watch.addAndHolds(rows, i);
                }
                held += always ? 1 : 0;
                width += log < WIDTHS ? watch.width() : 0;
            }
            counts.add(new SequenceCount(world.name(), events, kind.words, logs, held, width / Math.min(WIDTHS, logs)));
        }
        return counts;
    }

    /** Looks at a sequence after every event. */
    private interface Watch {
        boolean addAndHolds(LoggedRows rows, int i);

        double width();
    }

    private static Watch watch(SimulatedLogs world, Kind kind, boolean wide) {
        double maximum = kind.bounded() ? world.maximumWeight() : Double.POSITIVE_INFINITY;
        return switch (kind) {
            case VALUE, VALUE_BOUNDED, VALUE_MODEL -> new ValueWatch(world, maximum, kind == Kind.VALUE_MODEL, wide);
            case DIFFERENCE, DIFFERENCE_BOUNDED -> new DifferenceWatch(world, maximum, wide);
            case CHANGING -> new ChangingWatch(world, maximum);
        };
    }

    private static final class ValueWatch implements Watch {
        private final PolicyValueSequence watched;
        private final PolicyValueSequence shown;
        private final boolean model;
        private final double truth;

        ValueWatch(SimulatedLogs world, double maximum, boolean model, boolean wide) {
            this.truth = world.truth();
            this.model = model;
            this.watched = PolicyValueSequence.watching(truth, RewardRange.UNIT, maximum, CONFIDENCE);
            this.shown = !wide ? null : new PolicyValueSequence(RewardRange.UNIT, maximum, CONFIDENCE, Values.CONSTANT);
        }

        @Override
        public boolean addAndHolds(LoggedRows rows, int i) {
            add(watched, rows, i);
            if (shown != null) {
                add(shown, rows, i);
            }
            return !watched.excludes(truth);
        }

        private void add(PolicyValueSequence sequence, LoggedRows rows, int i) {
            if (model) {
                sequence.add(rows.weight(i), rows.reward(i), rows.qA(i), rows.qPi(i));
            } else {
                sequence.add(rows.weight(i), rows.reward(i));
            }
        }

        @Override
        public double width() {
            return shown.interval().width();
        }
    }

    private static final class DifferenceWatch implements Watch {
        private final PolicyDifferenceSequence watched;
        private final PolicyDifferenceSequence shown;
        private final double truth;

        DifferenceWatch(SimulatedLogs world, double maximum, boolean wide) {
            this.truth = world.truth() - world.loggedTruth();
            this.watched = PolicyDifferenceSequence.watching(truth, RewardRange.UNIT, maximum, CONFIDENCE, true);
            this.shown = !wide
                    ? null
                    : PolicyDifferenceSequence.againstLogged(RewardRange.UNIT, maximum, CONFIDENCE, Values.CONSTANT);
        }

        @Override
        public boolean addAndHolds(LoggedRows rows, int i) {
            watched.add(rows.weight(i), 1, rows.reward(i));
            if (shown != null) {
                shown.add(rows.weight(i), 1, rows.reward(i));
            }
            return !watched.isBetterBy(truth) && !watched.isWorseThan(truth);
        }

        @Override
        public double width() {
            return shown.interval().width();
        }
    }

    /** The policy to evaluate takes over from the logging policy, whose weights are 1, after a third of the events, again and again. */
    private static final class ChangingWatch implements Watch {
        private static final int PERIOD = 90;

        private final PolicyValueSequence sequence;
        private final SimulatedLogs world;
        private double sum;

        ChangingWatch(SimulatedLogs world, double maximum) {
            this.world = world;
            this.sequence = new PolicyValueSequence(RewardRange.UNIT, maximum, CONFIDENCE, Values.CHANGING);
        }

        @Override
        public boolean addAndHolds(LoggedRows rows, int i) {
            boolean logged = i % PERIOD < PERIOD / 3;
            sequence.add(logged ? 1 : rows.weight(i), rows.reward(i));
            sum += logged ? world.loggedTruth() : world.truth();
            return !sequence.excludes(sum / (i + 1));
        }

        @Override
        public double width() {
            return sequence.interval().width();
        }
    }
}
