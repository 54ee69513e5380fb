package io.leeway.core.promotion;

import io.leeway.core.evaluation.Interval;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The rollout gate: decides what becomes of a challenger that is being tried live. Pure: a function of the plan, the comparison so far, the
 * step and the time.
 */
public final class Canary {
    public static final String NAME = "rollout";

    private Canary() {}

    /** What is to be done now. */
    public enum Move {
        WAIT,
        /** Go on to the next step's share. */
        STEP_UP,
        PROMOTE,
        ROLL_BACK
    }

    /** @param reason in words */
    public record Decision(Move move, String reason) {}

    /**
     * @param step from 0 on
     * @param startedAt when the first step began
     * @param stepSince when this step began
     */
    public static Decision decide(
            CanaryPlan plan, LiveComparison live, int step, Instant startedAt, Instant stepSince, Instant now) {
        Evidence evidence = live.evidence(plan.gain());
        if (evidence == Evidence.WORSE) {
            return new Decision(Move.ROLL_BACK, "worse than the champion on live rewards: " + words(live));
        }
        boolean baked = !now.isBefore(stepSince.plus(plan.bakingTime()));
        boolean last = step >= plan.steps() - 1;
        if (last && baked && evidence.promotes()) {
            String what = evidence == Evidence.BETTER ? "better than the champion" : "not worse than the champion";
            return new Decision(Move.PROMOTE, what + " on live rewards: " + words(live));
        }
        if (!now.isBefore(startedAt.plus(plan.patience()))) {
            return new Decision(
                    Move.ROLL_BACK,
                    "nothing proven within " + plan.patience() + ", the champion stays: " + words(live));
        }
        return !last && baked
                ? new Decision(Move.STEP_UP, "share " + plan.share(step + 1) + ": " + words(live))
                : new Decision(Move.WAIT, words(live));
    }

    /** The figures that a decision rests on. */
    public static Map<String, Object> figures(CanaryPlan plan, LiveComparison live, int step) {
        Interval interval = live.interval();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("events", live.count());
        figures.put("evidence", live.evidence(plan.gain()).name().toLowerCase(Locale.ROOT));
        figures.put("gainLower", interval.lower());
        figures.put("gainUpper", interval.upper());
        figures.put("confidence", live.confidence());
        figures.put("step", step + 1);
        figures.put("steps", plan.steps());
        figures.put("share", plan.share(step));
        return figures;
    }

    private static String words(LiveComparison live) {
        Interval interval = live.interval();
        return String.format(
                Locale.ROOT,
                "gain in [%.4g, %.4g] after %d events, confidence %.4g",
                interval.lower(),
                interval.upper(),
                live.count(),
                live.confidence());
    }
}
