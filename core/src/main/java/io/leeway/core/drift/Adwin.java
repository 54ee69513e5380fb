package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ADWIN2: a window over a stream that forgets its older part whenever two parts differ in mean by more than chance allows, in
 * either direction. Not thread-safe. O(log n) memory, amortised O(log n) time per value.
 *
 * <p>The window is an exponential histogram: row r holds at most {@link #BUCKETS_PER_ROW} buckets of 2^r values each. Invariants:
 * rows run from the youngest values to the oldest, within a row the oldest bucket comes first; {@code width} and {@code total} are
 * the sums over all buckets, {@code squares} that of squared deviations from the window's mean.
 *
 * <p>Two parts of n0 and n1 values are cut when their means differ by at least sqrt(2/m v ln(2/d')) + 2/(3m) ln(2/d'), with
 * v the window's variance, 1/m = 1/n0 + 1/n1 and d' = delta / ln n. Values need not be in [0, 1] for the first term, which scales
 * with them; the second term assumes a range of 1, so streams should be scaled to about that.
 *
 * @see "Bifet and Gavalda, Learning from time-changing data with adaptive windowing, SIAM Data Mining 2007, 443-448"
 */
public final class Adwin implements Detector {
    static final int BUCKETS_PER_ROW = 5;

    /** Cuts are looked for after every so many values. */
    static final int CHECK_EVERY = 32;

    /** A window of at most this many values is never cut. */
    static final int MINIMUM_WIDTH = 10;

    /** Each part of a cut has at least this many values. */
    static final int MINIMUM_PART = 5;

    private final double delta;
    private final List<Row> rows = new ArrayList<>();
    private long seen;
    private long width;
    private double total;
    private double squares;
    private long changes;

    /** @param delta false-alarm bound of each check, in (0, 1); 0.002 is the authors' usual choice */
    public Adwin(double delta) {
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("must be in (0, 1): delta=" + delta);
        }
        this.delta = delta;
        rows.add(new Row());
    }

    /** Buckets of one size: counts are 2^index of the row; a bucket knows its total and its squared deviations. */
    private static final class Row {
        private final double[] totals = new double[BUCKETS_PER_ROW + 1];
        private final double[] squares = new double[BUCKETS_PER_ROW + 1];
        private int size;

        private void append(double total, double square) {
            totals[size] = total;
            squares[size] = square;
            size++;
        }

        private void removeOldest(int count) {
            size -= count;
            System.arraycopy(totals, count, totals, 0, size);
            System.arraycopy(squares, count, squares, 0, size);
        }
    }

    /** Takes in a value; true if the window was cut, which means that the mean has changed. */
    @Override
    public boolean add(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("must be finite: value=" + value);
        }
        seen++;
        insert(value);
        if (seen % CHECK_EVERY != 0 || width <= MINIMUM_WIDTH) {
            return false;
        }
        boolean cut = false;
        while (width > MINIMUM_WIDTH && hasCut()) {
            dropOldest();
            cut = true;
        }
        if (cut) {
            changes++;
        }
        return cut;
    }

    /** Mean of the window; 0 before the first value. */
    public double mean() {
        return width == 0 ? 0 : total / width;
    }

    /** Values in the window: after a cut, about how many have come since the change. */
    public long width() {
        return width;
    }

    @Override
    public long seen() {
        return seen;
    }

    /** How often the window was cut. */
    public long changes() {
        return changes;
    }

    /** Variance of the window. */
    public double variance() {
        return width == 0 ? 0 : Math.max(0, squares) / width;
    }

    private void insert(double value) {
        if (width > 0) {
            double distance = value - total / width;
            squares += (double) width / (width + 1) * distance * distance;
        }
        width++;
        total += value;
        rows.get(0).append(value, 0);
        for (int r = 0; r < rows.size() && rows.get(r).size > BUCKETS_PER_ROW; r++) {
            if (r + 1 == rows.size()) {
                rows.add(new Row());
            }
            mergeOldest(rows.get(r), rows.get(r + 1), (double) (1L << r));
        }
    }

    private static void mergeOldest(Row from, Row to, double count) {
        double distance = (from.totals[0] - from.totals[1]) / count;
        to.append(from.totals[0] + from.totals[1], from.squares[0] + from.squares[1] + count / 2 * distance * distance);
        from.removeOldest(2);
    }

    /** True if some boundary between buckets splits the window into parts of different means. */
    private boolean hasCut() {
        double logTerm = Math.log(2 * Math.log(width) / delta);
        double variance = variance();
        double oldCount = 0;
        double oldTotal = 0;
        for (int r = rows.size() - 1; r >= 0; r--) {
            Row row = rows.get(r);
            for (int b = 0; b < row.size; b++) {
                oldCount += (double) (1L << r);
                oldTotal += row.totals[b];
                double newCount = width - oldCount;
                if (newCount < MINIMUM_PART) {
                    return false;
                }
                if (oldCount >= MINIMUM_PART) {
                    double inverse = 1 / (oldCount - MINIMUM_PART + 1) + 1 / (newCount - MINIMUM_PART + 1);
                    double limit = Math.sqrt(2 * inverse * variance * logTerm) + 2.0 / 3 * inverse * logTerm;
                    if (Math.abs(oldTotal / oldCount - (total - oldTotal) / newCount) > limit) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void dropOldest() {
        Row last = rows.get(rows.size() - 1);
        double count = (double) (1L << (rows.size() - 1));
        double bucketMean = last.totals[0] / count;
        width -= (long) count;
        total -= last.totals[0];
        double distance = bucketMean - total / width;
        squares -= last.squares[0] + count * width / (count + width) * distance * distance;
        last.removeOldest(1);
        while (rows.size() > 1 && rows.get(rows.size() - 1).size == 0) {
            rows.remove(rows.size() - 1);
        }
    }

    @Override
    public Map<String, Object> toJson() {
        List<Object> saved = new ArrayList<>();
        for (Row row : rows) {
            List<Double> totals = new ArrayList<>();
            List<Double> deviations = new ArrayList<>();
            for (int b = 0; b < row.size; b++) {
                totals.add(row.totals[b]);
                deviations.add(row.squares[b]);
            }
            saved.add(Map.of("totals", totals, "squares", deviations));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("delta", delta);
        json.put("seen", seen);
        json.put("width", width);
        json.put("total", total);
        json.put("squares", squares);
        json.put("changes", changes);
        json.put("rows", saved);
        return json;
    }

    public static Adwin fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        Adwin restored = new Adwin(object.number("delta"));
        restored.seen = object.integer("seen");
        restored.width = object.integer("width");
        restored.total = object.number("total");
        restored.squares = object.number("squares");
        restored.changes = object.integer("changes");
        restored.rows.clear();
        for (JsonObject saved : object.objects("rows")) {
            double[] totals = saved.numbers("totals");
            double[] deviations = saved.numbers("squares");
            if (totals.length > BUCKETS_PER_ROW || totals.length != deviations.length) {
                throw new IllegalArgumentException("must be <= " + BUCKETS_PER_ROW + ": buckets=" + totals.length);
            }
            Row row = new Row();
            for (int b = 0; b < totals.length; b++) {
                row.append(totals[b], deviations[b]);
            }
            restored.rows.add(row);
        }
        if (restored.rows.isEmpty()) {
            restored.rows.add(new Row());
        }
        return restored;
    }
}
