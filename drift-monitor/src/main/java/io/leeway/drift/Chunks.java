package io.leeway.drift;

import io.leeway.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The course of a measure for people: means of chunks of equal length, at most {@link #MOST} of them; when there are more, two
 * become one. Not thread safe. O(1) memory.
 */
final class Chunks {
    static final int MOST = 120;
    private static final int SHORTEST = 16;
    private static final int MOST_ALARMS = 50;

    private final List<Chunk> chunks = new ArrayList<>();
    private final List<Instant> alarms = new ArrayList<>();
    private long length = SHORTEST;

    /**
     * Values in a row.
     *
     * @param from time of the first
     * @param evidence largest evidence for a change on the way, 1 where it alarmed
     */
    record Chunk(Instant from, long count, double sum, double squares, double evidence) {
        double mean() {
            return sum / count;
        }

        Chunk plus(double value, double newEvidence) {
            return new Chunk(from, count + 1, sum + value, squares + value * value, Math.max(evidence, newEvidence));
        }

        Chunk and(Chunk next) {
            return new Chunk(
                    from,
                    count + next.count,
                    sum + next.sum,
                    squares + next.squares,
                    Math.max(evidence, next.evidence));
        }
    }

    void add(double value, Instant time, double evidence) {
        if (chunks.isEmpty() || last().count >= length) {
            if (chunks.size() == MOST) {
                halve();
            }
            chunks.add(new Chunk(time, 1, value, value * value, evidence));
        } else {
            chunks.set(chunks.size() - 1, last().plus(value, evidence));
        }
    }

    void alarm(Instant time) {
        if (alarms.size() < MOST_ALARMS) {
            alarms.add(time);
        }
    }

    private Chunk last() {
        return chunks.get(chunks.size() - 1);
    }

    private void halve() {
        List<Chunk> pairs = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i += 2) {
            pairs.add(chunks.get(i).and(chunks.get(i + 1)));
        }
        chunks.clear();
        chunks.addAll(pairs);
        length *= 2;
    }

    /** Oldest first. */
    List<Chunk> all() {
        return List.copyOf(chunks);
    }

    /** Oldest first, the first 50. */
    List<Instant> alarms() {
        return List.copyOf(alarms);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("length", length);
        json.put("from", chunks.stream().map(chunk -> chunk.from.toEpochMilli()).toList());
        json.put("count", chunks.stream().map(Chunk::count).toList());
        json.put("sum", chunks.stream().map(Chunk::sum).toList());
        json.put("squares", chunks.stream().map(Chunk::squares).toList());
        json.put("evidence", chunks.stream().map(Chunk::evidence).toList());
        json.put("alarms", alarms.stream().map(Instant::toString).toList());
        return json;
    }

    static Chunks fromJson(JsonObject json) {
        Chunks restored = new Chunks();
        restored.length = json.integer("length");
        List<?> from = json.list("from");
        List<?> count = json.list("count");
        double[] sum = json.numbers("sum");
        double[] squares = json.numbers("squares");
        double[] evidence = json.numbers("evidence");
        for (int i = 0; i < sum.length; i++) {
            restored.chunks.add(new Chunk(
                    Instant.ofEpochMilli(((Number) from.get(i)).longValue()),
                    ((Number) count.get(i)).longValue(),
                    sum[i],
                    squares[i],
                    evidence[i]));
        }
        json.texts("alarms").forEach(time -> restored.alarms.add(Instant.parse(time)));
        return restored;
    }
}
