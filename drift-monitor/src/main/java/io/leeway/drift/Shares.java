package io.leeway.drift;

import io.leeway.contracts.DriftKind;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.LoopSettings;
import io.leeway.core.drift.FalseAlarmBudget;
import java.util.List;

/**
 * How a loop's budget of false alarms, one in {@code falseAlarmFeedbacks} events or in {@code falseAlarmPeriod}, is divided: half of it to quality, a quarter to the
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

    /** A level that no test passes but by a value that cannot be. */
    private static final double NOTHING = 1e-300;

    /** Events or seconds. */
    private final double amount;

    private final boolean ofTime;
    private final List<Measure> measures;
    private final boolean segments;

    Shares(LoopSettings settings, List<Measure> measures) {
        this.amount = budget(settings.drift()).events();
        this.ofTime = settings.drift().falseAlarmPeriod() != null;
        this.measures = measures;
        this.segments = settings.drift().segment() != null;
    }

    private static FalseAlarmBudget budget(DriftSettings settings) {
        return settings.falseAlarmPeriod() == null
                ? new FalseAlarmBudget(settings.falseAlarmFeedbacks())
                : FalseAlarmBudget.of(settings.falseAlarmPeriod());
    }

    /** What this measure's detector may spend. */
    Allowance budget(Measure measure) {
        boolean quality = isQuality(measure);
        long alike = measures.stream().filter(one -> isQuality(one) == quality).count();
        double group = quality ? segments ? QUALITY / 2 : QUALITY : OTHERS;
        return new Allowance(amount * alike / group * (ofTime ? 1 : measure.valuesPerEvent()), ofTime);
    }

    /** The same for the detector of one segment of so many. */
    Allowance budgetOfSegment(int most) {
        return new Allowance(amount * most / (QUALITY / 2), ofTime);
    }

    /** Without a model rewards stand for the quality that nothing promises. */
    private boolean isQuality(Measure measure) {
        boolean promised = measures.stream().anyMatch(one -> one.kind() == DriftKind.QUALITY);
        return promised
                ? measure.kind() == DriftKind.QUALITY
                : measure == Measure.REWARD || measure == Measure.OBSERVED;
    }

    /**
     * Level of one window test, over all that it compares together.
     *
     * @param eventsBetween from one test to the next
     * @param secondsBetween the same of the stream's time; where the budget is a time, it decides, and without any next to nothing may be spent
     */
    static double level(DriftSettings settings, double eventsBetween, double secondsBetween) {
        boolean ofTime = settings.falseAlarmPeriod() != null;
        double between = ofTime ? secondsBetween : eventsBetween;
        return between > 0 ? budget(settings).share(WINDOWS / WINDOW_TESTS).level(between) : NOTHING;
    }
}
