package io.leeway.feedback.kafka;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the join has come, as it follows from looking at the broker again and again. Not thread safe.
 *
 * <p>Each look begins a round: where the sources end now, until all instances together have committed that far; then where the
 * repartition topic ends, until that is committed, too. Then everything that was on the sources when the round began has been joined.
 * Rounds overlap, so that what is known is never older than one round and one look. Backlogs, stalled partitions and restarts only make
 * rounds longer.
 */
final class Rounds {
    /** While the join stalls, no more are begun: the last of these says as much as thousands. */
    private static final int MOST_UNDER_WAY = 64;

    private final Deque<Round> underWay = new ArrayDeque<>();
    private Instant joinedUntil = Instant.MIN;

    private static final class Round {
        private final Instant began;
        private final Map<TopicPartition, Long> sources;

        /** Null until the sources have been committed. */
        private Map<TopicPartition, Long> repartition;

        Round(Instant began, Map<TopicPartition, Long> sources) {
            this.began = began;
            this.sources = sources;
        }
    }

    /**
     * Takes in one look. Its three parts must have been asked for in this order, after {@code now}.
     *
     * @param committed how far the join has committed, by partition
     * @param sources where the sources end
     * @param repartition where the repartition topic ends
     * @return everything that was on the sources at this time has been joined; {@link Instant#MIN} while nothing is known
     */
    Instant look(
            Instant now,
            Map<TopicPartition, Long> committed,
            Map<TopicPartition, Long> sources,
            Map<TopicPartition, Long> repartition) {
        Iterator<Round> rounds = underWay.iterator();
        while (rounds.hasNext()) {
            Round round = rounds.next();
            if (round.repartition != null) {
                if (reached(round.repartition, committed)) {
                    joinedUntil = round.began;
                    rounds.remove();
                }
            } else if (reached(round.sources, committed)) {
                round.repartition = repartition;
            }
        }
        if (underWay.size() < MOST_UNDER_WAY) {
            underWay.add(new Round(now, sources));
        }
        return joinedUntil;
    }

    private static boolean reached(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> committed) {
        return ends.entrySet().stream().allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
}
