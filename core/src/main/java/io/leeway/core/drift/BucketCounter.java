package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * Counts events per time bucket by their own times, and hands out the counts of buckets that are over: values for a detector of the
 * arrival rate. A bucket is over when an event, or a tick, of a later one than the next has come; what comes later than that is counted as
 * late. Times from the future end buckets too early: it is for the caller to hold them back. Not thread-safe. O(1) memory.
 */
public final class BucketCounter {
    /** After a longer silence than so many buckets only so many empty ones are handed out: time that lies idle is no news for ever. */
    static final int MOST_AT_ONCE = 1000;

    private final long bucketMillis;
    private long open = Long.MIN_VALUE;
    private long count;
    private long next;
    private long late;
    private boolean whole;

    /** @param bucket at least a millisecond */
    public BucketCounter(Duration bucket) {
        this.bucketMillis = bucket.toMillis();
        if (bucketMillis < 1) {
            throw new IllegalArgumentException("must be >= PT0.001S: bucket=" + bucket);
        }
    }

    /** Counts an event; the counts of the buckets that it ends, the oldest first, mostly none. */
    public long[] add(long epochMillis) {
        long[] closed = tick(epochMillis);
        long bucket = Math.floorDiv(epochMillis, bucketMillis);
        if (bucket == open) {
            count++;
        } else if (bucket == open + 1) {
            next++;
        } else {
            late++;
        }
        return closed;
    }

    /** Lets time pass without an event; the counts of the buckets that this ends. */
    public long[] tick(long epochMillis) {
        long bucket = Math.floorDiv(epochMillis, bucketMillis);
        if (open == Long.MIN_VALUE) {
            open = bucket;
        }
        if (bucket <= open + 1) {
            return new long[0];
        }
        long ended = bucket - 1 - open;
        long[] closed = new long[(int) Math.min(ended, MOST_AT_ONCE)];
        closed[0] = count;
        if (closed.length > 1) {
            closed[1] = next;
        }
        count = ended == 1 ? next : 0;
        next = 0;
        open = bucket - 1;
        // Nobody knows what came in the first bucket before the first event: it is not handed out.
        long[] known = whole ? closed : Arrays.copyOfRange(closed, 1, closed.length);
        whole = true;
        return known;
    }

    /** Events that came after their bucket had been handed out. */
    public long late() {
        return late;
    }

    public Map<String, Object> toJson() {
        State state = State.writing();
        exchange(state);
        return state.toJson();
    }

    public static BucketCounter fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        BucketCounter restored = new BucketCounter(Duration.ofMillis(object.integer("bucketMillis")));
        restored.exchange(State.reading(object));
        return restored;
    }

    private void exchange(State state) {
        state.integer("bucketMillis", bucketMillis);
        open = state.integer("open", open);
        count = state.integer("count", count);
        next = state.integer("next", next);
        late = state.integer("late", late);
        whole = state.integer("whole", whole ? 1 : 0) == 1;
    }
}
