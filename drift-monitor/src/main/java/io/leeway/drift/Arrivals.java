package io.leeway.drift;

import io.leeway.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How many rewards came for the decisions of each stretch of time, for each of them: sees also decisions of which nothing is heard
 * any more, because what joins rewards to them stands still. Only times of events count, never when they are read. Not thread safe; at
 * most {@link #MOST_OPEN} stretches are open at a time.
 *
 * <p>A stretch is over once decisions are further than the loop waits for rewards, and feedback has come of later decisions, in each
 * partition that had decisions in it: after an outage one partition is read further than another. Or once none of its partitions brought
 * feedback for {@link #PATIENCE}, by the times of events and by the time that the monitor has been running as well: the hour in which it
 * stood still itself is no silence. Its share of rewards scatters the less, the more decisions it has; so what is watched is the share's
 * distance from that of the first {@link #FIRST} stretches, in standard deviations of a share of so many decisions.
 */
final class Arrivals {
    static final Duration SHORTEST = Duration.ofSeconds(10);
    static final int FIRST = 30;
    static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int STRETCHES_PER_WAIT = 60;

    /** What counts as running at the most between one event and the next. */
    private static final Duration STEP = Duration.ofMinutes(5);

    private static final int MOST_OPEN = 2000;

    /** Variance that is allowed for at least, where every decision gets its reward. */
    private static final double LEAST_VARIANCE = 1e-3;

    private final long stretchMillis;
    private final long waitMillis;

    /** By number of the stretch. */
    private final TreeMap<Long, Stretch> open = new TreeMap<>();

    /** By partition. */
    private final TreeMap<Integer, Progress> sources = new TreeMap<>();

    private long closedUntil = Long.MIN_VALUE;

    /** When the last event was taken in, by the monitor's clock. */
    private long tookAt = Long.MIN_VALUE;

    private long stretches;
    private long decisions;
    private long rewards;

    /** Decisions of a stretch that is not over, those of them that got rewards, and the partitions that they came from. */
    private static final class Stretch {
        private long decisions;
        private long rewards;
        private final TreeSet<Integer> from = new TreeSet<>();
    }

    /** How far a partition has been read: times of decisions, of those that feedback was of, and for how long it brought none. */
    private static final class Progress {
        private long decidedUntil = Long.MIN_VALUE;
        private long toldUntil = Long.MIN_VALUE;
        private long silentMillis;
    }

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

    /**
     * The stretches that this ends, mostly none.
     *
     * @param source partition that it was read from
     * @param now when it is taken in
     */
    List<Closed> decided(Instant time, int source, Instant now) {
        run(now);
        long stretch = stretch(time);
        if (stretch >= closedUntil) {
            Stretch of = open.computeIfAbsent(stretch, key -> new Stretch());
            of.decisions++;
            of.from.add(source);
        }
        Progress progress = progress(source);
        progress.decidedUntil = Math.max(progress.decidedUntil, time.toEpochMilli());
        return close();
    }

    /** @param time of the decision that it is of */
    List<Closed> told(Instant time, boolean rewarded, int source, Instant now) {
        run(now);
        long stretch = stretch(time);
        if (stretch >= closedUntil && rewarded) {
            open.computeIfAbsent(stretch, key -> new Stretch()).rewards++;
        }
        Progress progress = progress(source);
        progress.toldUntil = Math.max(progress.toldUntil, time.toEpochMilli());
        progress.silentMillis = 0;
        return close();
    }

    private void run(Instant now) {
        long went = tookAt == Long.MIN_VALUE ? 0 : Math.max(0, Math.min(STEP.toMillis(), now.toEpochMilli() - tookAt));
        sources.values().forEach(progress -> progress.silentMillis += went);
        tookAt = Math.max(tookAt, now.toEpochMilli());
    }

    private Progress progress(int source) {
        return sources.computeIfAbsent(source, key -> new Progress());
    }

    private long stretch(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), stretchMillis);
    }

    private List<Closed> close() {
        List<Closed> closed = new ArrayList<>();
        while (!open.isEmpty()) {
            boolean over = isOver(open.firstKey(), open.firstEntry().getValue());
            if (!over && open.size() <= MOST_OPEN) {
                break;
            }
            Map.Entry<Long, Stretch> oldest = open.pollFirstEntry();
            // Nobody knows what came in the first stretch before the first event; and one that had to make room is not
            // judged.
            boolean whole = closedUntil != Long.MIN_VALUE && over;
            closedUntil = oldest.getKey() + 1;
            Stretch of = oldest.getValue();
            if (whole && of.decisions > 0) {
                take(oldest.getKey(), of.decisions, Math.min(of.decisions, of.rewards), closed);
            }
        }
        return closed;
    }

    private boolean isOver(long number, Stretch stretch) {
        long end = (number + 1) * stretchMillis;
        long newest = sources.values().stream()
                .mapToLong(progress -> progress.decidedUntil)
                .max()
                .orElse(Long.MIN_VALUE);
        boolean late = newest >= end + waitMillis + PATIENCE.toMillis();
        return stretch.from.stream()
                .map(this::progress)
                .allMatch(progress -> late && progress.silentMillis >= PATIENCE.toMillis()
                        || progress.toldUntil >= end && progress.decidedUntil >= end + waitMillis + stretchMillis);
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
        json.put("decided", open.values().stream().map(one -> one.decisions).toList());
        json.put("rewarded", open.values().stream().map(one -> one.rewards).toList());
        json.put(
                "from", open.values().stream().map(one -> List.copyOf(one.from)).toList());
        json.put("sources", List.copyOf(sources.keySet()));
        json.put(
                "read",
                sources.values().stream()
                        .map(one -> List.of(one.decidedUntil, one.toldUntil, one.silentMillis))
                        .toList());
        json.put("until", List.of(closedUntil, tookAt));
        json.put("first", List.of(stretches, decisions, rewards));
        return json;
    }

    static Arrivals fromJson(JsonObject json) {
        Arrivals restored = new Arrivals(json.integer("stretchMillis"), json.integer("waitMillis"));
        List<Long> keys = integers(json.list("keys"));
        List<Long> decided = integers(json.list("decided"));
        List<Long> rewarded = integers(json.list("rewarded"));
        if (!json.has("sources")) {
            return restored; // A snapshot from before partitions were told apart: what is open begins anew.
        }
        for (int i = 0; i < keys.size(); i++) {
            Stretch stretch = new Stretch();
            stretch.decisions = decided.get(i);
            stretch.rewards = rewarded.get(i);
            integers((List<?>) json.list("from").get(i)).forEach(source -> stretch.from.add(source.intValue()));
            restored.open.put(keys.get(i), stretch);
        }
        List<Long> sources = integers(json.list("sources"));
        for (int i = 0; i < sources.size(); i++) {
            List<Long> read = integers((List<?>) json.list("read").get(i));
            Progress progress = restored.progress(sources.get(i).intValue());
            progress.decidedUntil = read.get(0);
            progress.toldUntil = read.get(1);
            progress.silentMillis = read.get(2);
        }
        List<Long> until = integers(json.list("until"));
        restored.closedUntil = until.get(0);
        restored.tookAt = until.get(1);
        List<Long> first = integers(json.list("first"));
        restored.stretches = first.get(0);
        restored.decisions = first.get(1);
        restored.rewards = first.get(2);
        return restored;
    }

    private static List<Long> integers(List<?> list) {
        return list.stream().map(one -> ((Number) one).longValue()).toList();
    }
}
