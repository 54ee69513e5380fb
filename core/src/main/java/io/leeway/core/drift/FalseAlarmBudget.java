package io.leeway.core.drift;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * "At most one false alarm in so many events of the loop", and what each watch of the loop may spend of it, whether it looks at every
 * value (an {@link EDetector}) or tests a window now and then. While nothing changes, the expected number of false alarms in any
 * {@code events} events, of all watches together, is at most a third, and so is the chance of a single one. Immutable.
 *
 * <p>Why: an e-detector's statistic has mean t after t values, so by Doob's inequality the chance that it reaches A within n values is at
 * most n / A; a window's test at level a alarms with chance a, and there are n / (events between tests) of them in n events. Chances
 * and expectations of watches add up, whatever depends on what: windows may overlap, inputs may go together (Bonferroni).
 * Procedures that control the false share of the alarms over an endless stream (LORD, SAFFRON) promise something else: many alarms
 * would buy many false ones, and a quiet loop's later tests would hardly be able to alarm.
 *
 * <p>Where the budget is a time, seconds stand for events throughout: a detector's stakes are the seconds since its last value
 * ({@link EDetector#add(double, double)}), and a test's level grows with the seconds since the last test. Both are known before what they
 * are spent on, so that the sum over any stretch of time is at most the stretch, whatever the traffic: nobody has to know how many events
 * a day has.
 *
 * @param events events (decisions or feedbacks) of the loop, or seconds, in which at most one false alarm is wanted, at least 1
 * @see "Shin, Ramdas and Rinaldo, E-detectors: a nonparametric framework for sequential change detection, 2022, arXiv:2203.03532"
 * @see "Javanmard and Montanari, Online rules for control of false discovery rate, Annals of Statistics 46, 2018, 526-554"
 */
public record FalseAlarmBudget(double events) {
    public FalseAlarmBudget {
        if (!(events >= 1 && Double.isFinite(events))) {
            throw new IllegalArgumentException("must be >= 1: events=" + events);
        }
    }

    /** At most one false alarm in so long a time, counted in seconds. */
    public static FalseAlarmBudget of(Duration time) {
        return new FalseAlarmBudget(time.toMillis() / 1000.0);
    }

    /** At most one false alarm in so many days of so many events each, where that number is known and stays. */
    public static FalseAlarmBudget ofDays(double days, double eventsPerDay) {
        return new FalseAlarmBudget(Math.max(1, days * eventsPerDay));
    }

    /** A watch that may spend this part of the budget. */
    public Share share(double part) {
        return new Share(events, part);
    }

    /** The whole budget, split in proportion to the watches' weights, each greater than 0. */
    public Map<String, Share> shares(Map<String, Double> weights) {
        double all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<String, Share> shares = new LinkedHashMap<>();
        weights.forEach((watch, weight) -> shares.put(watch, share(weight / all)));
        return shares;
    }

    /**
     * What one watch may spend.
     *
     * @param events of the whole budget
     * @param part in (0, 1]
     */
    public record Share(double events, double part) {
        public Share {
            if (!(part > 0 && part <= 1)) {
                throw new IllegalArgumentException("must be in (0, 1]: part=" + part);
            }
        }

        /** For an {@link EDetector} that gets one value per event. */
        public double detectorThreshold() {
            return detectorThreshold(1);
        }

        /** For an {@link EDetector} that gets more or fewer values than there are events, such as one count per minute. */
        public double detectorThreshold(double valuesPerEvent) {
            if (!(valuesPerEvent > 0)) {
                throw new IllegalArgumentException("must be > 0: valuesPerEvent=" + valuesPerEvent);
            }
            return EDetector.threshold(events * valuesPerEvent / part);
        }

        /**
         * The level of one test of a window, over all that it tests together, such as the false discovery level of a
         * {@link TableCheck}: while nothing changes, that is the chance that it finds anything.
         *
         * @param eventsBetweenTests events from one test to the next, greater than 0
         */
        public double level(double eventsBetweenTests) {
            if (!(eventsBetweenTests > 0)) {
                throw new IllegalArgumentException("must be > 0: eventsBetweenTests=" + eventsBetweenTests);
            }
            return Math.min(0.5, part * eventsBetweenTests / (EDetector.CAUTION * events));
        }
    }
}
