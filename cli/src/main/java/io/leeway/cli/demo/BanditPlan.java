package io.leeway.cli.demo;

import io.leeway.contracts.LoopSettings;
import io.leeway.simulator.world.BanditWorld;
import java.time.Duration;
import java.util.List;

/**
 * What one loop of a bandit demo goes through.
 *
 * @param loop its name; made anew for each run, so that runs on one stack do not meet
 * @param label what people call it in tables
 * @param coldDecisions decisions before the first training
 * @param servedDecisions decisions after each new version
 * @param perSecond decisions per second
 */
record BanditPlan(
        String loop,
        String label,
        LoopSettings settings,
        BanditWorld world,
        List<Change> changes,
        long coldDecisions,
        long servedDecisions,
        double perSecond,
        int users) {

    Duration rewardWait() {
        return settings.reward().rewardWait();
    }

    /** Requests that the run will take, roughly: nobody knows how long an alarm takes. */
    long expectedDecisions() {
        long untilRetrained = Math.round(perSecond * 12);
        long change = untilRetrained
                + servedDecisions
                + changes.stream().mapToLong(Change::window).sum() / Math.max(1, changes.size());
        return coldDecisions + Math.round(perSecond * 8) + servedDecisions + changes.size() * change;
    }
}
