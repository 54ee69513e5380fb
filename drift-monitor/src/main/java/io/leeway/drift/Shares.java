package io.leeway.drift;

import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.LoopSettings;
import io.leeway.core.drift.FalseAlarmBudget;
import java.util.List;

/**
 * How a loop's budget of false alarms, one in {@code falseAlarmFeedbacks} events, is divided: half of it to quality, a quarter to the
 * other measures, a quarter to the tests of windows. Alarms add up, so that none of it is spent twice.
 *
 * <p>The arithmetic is {@link FalseAlarmBudget}'s: a detector with share s of a budget of N events may alarm falsely once in N / s.
 */
final class Shares {
    static final double QUALITY = 0.5;
    static final double OTHERS = 0.25;
    static final double WINDOWS = 0.25;

    /** Inputs one by one, inputs together, chosen actions and offered actions. */
    private static final int WINDOW_TESTS = 4;

    private final double events;
    private final List<Measure> measures;
    private final boolean segments;

    Shares(LoopSettings settings, List<Measure> measures) {
        this.events = settings.drift().falseAlarmFeedbacks();
        this.measures = measures;
        this.segments = settings.drift().segment() != null;
    }

    /** Events in which at most one false alarm of this measure's detector is wanted. */
    double budget(Measure measure) {
        boolean quality = isQuality(measure);
        long alike = measures.stream().filter(one -> isQuality(one) == quality).count();
        double group = quality ? segments ? QUALITY / 2 : QUALITY : OTHERS;
        return events * alike / group;
    }

    /** The same for the detector of one segment of so many. */
    double budgetOfSegment(int most) {
        return events * most / (QUALITY / 2);
    }

    /** Without a model rewards stand for the quality that nothing promises. */
    private boolean isQuality(Measure measure) {
        boolean promised = measures.stream().anyMatch(one -> one.kind() == DriftKind.QUALITY);
        return promised
                ? measure.kind() == DriftKind.QUALITY
                : measure == Measure.REWARD || measure == Measure.OBSERVED;
    }

    /** Level of one window test, over all that it compares together. */
    static double level(DriftSettings settings, double eventsBetweenTests) {
        return new FalseAlarmBudget(settings.falseAlarmFeedbacks())
                .share(WINDOWS / WINDOW_TESTS)
                .level(eventsBetweenTests);
    }
}
