package io.leeway.feedback.store;

import io.leeway.contracts.rest.FeedbackSummary;
import jakarta.persistence.Tuple;

/**
 * Counts what became of a loop's decisions and rewards, in one statement and so at one moment.
 *
 * <p>A reward that came after the join had forgotten its event was an orphan to the join. Here its decision is known, and so it
 * counts as late.
 */
final class Summary {
    static final String QUERY = """
            select
                (select count(*) from projection.decision where loop = :loop) as decisions,
                (select count(*) from projection.feedback
                    where loop = :loop and revision = 1 and status = 'matched') as matched,
                (select count(*) from projection.feedback
                    where loop = :loop and revision = 1 and status = 'defaulted') as defaulted,
                (select count(*) from projection.feedback where loop = :loop and revision > 1) as corrected,
                (select avg(reward) from projection.newest_feedback where loop = :loop) as mean_reward,
                fates.*
            from (
                select
                    count(*) filter (where kind = 'neverActivated') as never_activated,
                    count(*) filter (where kind = 'late' or (kind = 'orphan' and forgotten)) as late,
                    count(*) filter (where kind = 'orphan' and not forgotten) as orphan,
                    count(*) filter (where kind = 'duplicate') as duplicate,
                    count(*) filter (where kind = 'conflicting') as conflicting,
                    count(*) filter (where kind = 'deadLettered') as dead_lettered
                from (
                    select kind, kind = 'orphan' and exists (
                        select from projection.decision d
                        where d.event_id = f.event_id and d.loop = f.loop and d.week = f.week and d.time <= f.time) as forgotten
                    from projection.fate f where f.loop = :loop) of_loop) fates
            """;

    private Summary() {}

    static FeedbackSummary of(String loop, Tuple row) {
        long matched = count(row, "matched");
        long defaulted = count(row, "defaulted");
        long neverActivated = count(row, "never_activated");
        // Feedback may land a moment before its decision does.
        long decisions = Math.max(count(row, "decisions"), matched + defaulted + neverActivated);
        Number meanReward = row.get("mean_reward", Number.class);
        return new FeedbackSummary(
                loop,
                decisions,
                matched,
                defaulted,
                neverActivated,
                decisions - matched - defaulted - neverActivated,
                count(row, "late"),
                count(row, "corrected"),
                count(row, "duplicate"),
                count(row, "orphan"),
                count(row, "conflicting"),
                count(row, "dead_lettered"),
                meanReward == null ? null : meanReward.doubleValue());
    }

    private static long count(Tuple row, String name) {
        return row.get(name, Number.class).longValue();
    }
}
