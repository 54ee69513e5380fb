package io.leeway.core.promotion.study;

import java.util.Set;

/**
 * What became of one candidate.
 *
 * @param truth what it earns more than the champion, exactly, in units of the reward
 * @param championValue what the champion earns
 * @param refusedBy the gates before the rollout that would keep it out, each for itself
 * @param direct whether it would be promoted without a canary
 * @param live what a canary comes to, whatever the gates said: true promoted, false rolled back, null undecided at the horizon
 * @param liveEvents after which the canary was decided; the horizon if it was not
 * @param canary whether it would be promoted with gates and canary
 */
record Outcome(
        Kind kind,
        int world,
        double truth,
        double championValue,
        Set<String> refusedBy,
        boolean direct,
        Boolean live,
        int liveEvents,
        boolean canary) {}
