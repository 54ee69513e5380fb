package io.leeway.drift;

import io.leeway.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many rewards came for the decisions of each stretch of time, for each of them: sees also decisions of which nothing is heard
 * any more, because what joins rewards to them stands still. Only times of events count, never when they are read. Not thread safe; at
 * most {@link #MOST_OPEN} stretches are open at a time.
 *
 * <p>A stretch is over once decisions are further than the loop waits for rewards, and feedback has come of later decisions, or none for
 * {@link #PATIENCE}. Its share of rewards scatters the less, the more decisions it has; so what is watched is the share's distance from
 * that of the first {@link #FIRST} stretches, in standard deviations of a share of so many decisions.
 */
final class Arrivals {
    static final Duration SHORTEST = Duration.ofSeconds(10);
    static final int FIRST = 30;
    static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int STRETCHES_PER_WAIT = 60;
    private static final int MOST_OPEN = 2000;

    /** Variance that is allowed for at least, where every decision gets its reward. */
    private static final double LEAST_VARIANCE = 1e-3;

    private final long stretchMillis;
    private final long waitMillis;

    /** By number of the stretch: decisions, and those of them that got rewards. */
    private final TreeMap<Long, long[]> open = new TreeMap<>();

    private long decidedUntil = Long.MIN_VALUE;
    private long toldUntil = Long.MIN_VALUE;
    private long closedUntil = Long.MIN_VALUE;
    private long stretches;
    private long decisions;
    private long rewards;

    /**
     * A stretch that is over.
     *
     * @param share of its decisions that got a reward, in [0, 1]
     * @param score what is watched
     */
    record Closed(Instant from, double share, double score) {}

    /** @param wait how long the loop waits for rewards */
    Arrivals(Duration wait) {
        this(Math.max(SHORTEST.toMillis(), wait.toMillis() / STRETCHES_PER_WAIT), wait.toMillis());
    }

    private Arrivals(long stretchMillis, long waitMillis) {
        this.stretchMillis = stretchMillis;
        this.waitMillis = waitMillis;
    }

    /** The stretches that this ends, mostly none. */
    List<Closed> decided(Instant time) {
        long stretch = stretch(time);
        if (stretch >= closedUntil) {
            open.computeIfAbsent(stretch, key -> new long[2])[0]++;
        }
        decidedUntil = Math.max(decidedUntil, time.toEpochMilli());
        return close();
    }

    /** @param time of the decision that it is of */
    List<Closed> told(Instant time, boolean rewarded) {
        long stretch = stretch(time);
        if (stretch >= closedUntil && rewarded) {
            open.computeIfAbsent(stretch, key -> new long[2])[1]++;
        }
        toldUntil = Math.max(toldUntil, time.toEpochMilli());
        return close();
    }

    private long stretch(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), stretchMillis);
    }

    private List<Closed> close() {
        List<Closed> closed = new ArrayList<>();
        while (!open.isEmpty() && (isOver(open.firstKey()) || open.size() > MOST_OPEN)) {
            Map.Entry<Long, long[]> oldest = open.pollFirstEntry();
            // Nobody knows what came in the first stretch before the first event.
            boolean whole = closedUntil != Long.MIN_VALUE;
            closedUntil = oldest.getKey() + 1;
            long count = oldest.getValue()[0];
            if (whole && count > 0) {
                take(oldest.getKey(), count, Math.min(count, oldest.getValue()[1]), closed);
            }
        }
        return closed;
    }

    private boolean isOver(long stretch) {
        long end = (stretch + 1) * stretchMillis;
        boolean late = decidedUntil >= end + waitMillis + PATIENCE.toMillis();
        return late || toldUntil >= end && decidedUntil >= end + waitMillis + stretchMillis;
    }

    private void take(long stretch, long count, long rewarded, List<Closed> closed) {
        if (stretches < FIRST) {
            stretches++;
            decisions += count;
            rewards += rewarded;
            return;
        }
        double usual = (double) rewards / decisions;
        double variance = Math.max(LEAST_VARIANCE, usual * (1 - usual));
        double score = (rewarded - count * usual) / Math.sqrt(count * variance);
        closed.add(new Closed(Instant.ofEpochMilli(stretch * stretchMillis), (double) rewarded / count, score));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stretchMillis", stretchMillis);
        json.put("waitMillis", waitMillis);
        json.put("keys", List.copyOf(open.keySet()));
        json.put("decided", open.values().stream().map(counts -> counts[0]).toList());
        json.put("rewarded", open.values().stream().map(counts -> counts[1]).toList());
        json.put("until", List.of(decidedUntil, toldUntil, closedUntil));
        json.put("first", List.of(stretches, decisions, rewards));
        return json;
    }

    static Arrivals fromJson(JsonObject json) {
        Arrivals restored = new Arrivals(json.integer("stretchMillis"), json.integer("waitMillis"));
        List<Long> keys = integers(json, "keys");
        List<Long> decided = integers(json, "decided");
        List<Long> rewarded = integers(json, "rewarded");
        for (int i = 0; i < keys.size(); i++) {
            restored.open.put(keys.get(i), new long[] {decided.get(i), rewarded.get(i)});
        }
        List<Long> until = integers(json, "until");
        restored.decidedUntil = until.get(0);
        restored.toldUntil = until.get(1);
        restored.closedUntil = until.get(2);
        List<Long> first = integers(json, "first");
        restored.stretches = first.get(0);
        restored.decisions = first.get(1);
        restored.rewards = first.get(2);
        return restored;
    }

    private static List<Long> integers(JsonObject json, String name) {
        return json.list(name).stream().map(one -> ((Number) one).longValue()).toList();
    }
}
