package io.leeway.core.drift;

import io.leeway.core.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The default sequential detector: an e-detector, that is, a mixture of bets that the stream has changed, each renewed at every
 * value, with a bound on how often it alarms without a change. It sees changes of the level and of the spread, for values of any
 * distribution. Not thread-safe. O(1) memory (about 20 KiB) and time per value.
 *
 * <p>Values become normal scores by classes learned from the first {@code warmUp} of them. Bet k multiplies its capital by
 * g_t = exp(tilt_k s(x_t)) / mean over i = 1..t of exp(tilt_k s(x_i)), and Shiryaev and Roberts' sum R_t = (1 + R_(t-1)) g_t
 * begins a new bet at every value. The statistic is the sum of the R's by stake; it alarms at the threshold.
 *
 * <p>Why false alarms are rare: if the values are exchangeable, x_t is any of x_1..x_t with the same chance, so that g_t has mean
 * 1 given the values without their order, whatever their distribution, and by induction the statistic has mean t after t values
 * since the start: it takes about {@code threshold} values to reach {@code threshold} once. No reference distribution is
 * assumed known, and the reference goes on growing until the next alarm.
 *
 * <p>The budget may be a time as well. The bet that begins at a value then has the stake of the time that went by since the value before,
 * R_t = (stake_t + R_(t-1)) g_t, so that the statistic's mean is at most the time since the start, whatever number of values came in it:
 * no rate is learned, none is assumed, and traffic may grow or fall. All that is asked is that the order of the values is independent of
 * when they come, and that stakes are known before their values.
 *
 * @see "Shin, Ramdas and Rinaldo, E-detectors: a nonparametric framework for sequential change detection, 2022, arXiv:2203.03532"
 * @see "Pollak, Average run lengths of an optimal method of detecting a change in distribution, Annals of Statistics 15, 1987, 749-779"
 * @see "Vovk, Testing randomness online, Statistical Science 36, 2021, 595-611"
 */
public final class EDetector implements Detector {
    /** Values that an alarm-free detector learns its classes from. */
    public static final int WARM_UP = 500;

    /** The threshold in budgets: about one false alarm in three budgets is expected, so that more than one in one is rare. */
    static final double CAUTION = 3;

    /**
     * What an alarm found.
     *
     * @param changedAt number of the value, from 1, at which the change seems to have begun
     * @param ofSpread whether the spread changed rather than the level
     * @param up whether it grew
     * @param before mean of the values before, since the last start
     * @param after mean of the values since
     */
    public record Change(long changedAt, boolean ofSpread, boolean up, double before, double after) {}

    private final double threshold;
    private final int warmUp;
    private final boolean levelOnly;
    private long seen;
    private long startedAt;
    private double[] first;
    private double total;
    private NormalScores scores;
    private double[] stakes;
    private double[][] gains;
    private Bets bets;
    private double statistic;
    private Change lastChange;

    /** @param threshold average number of values, or of what stakes are given in, between false alarms; at least 2 */
    public EDetector(double threshold, int warmUp) {
        this(threshold, warmUp, false);
    }

    /** @param levelOnly whether changes of the spread are to be passed over */
    public EDetector(double threshold, int warmUp, boolean levelOnly) {
        if (!(threshold >= 2 && Double.isFinite(threshold))) {
            throw new IllegalArgumentException("must be >= 2: threshold=" + threshold);
        }
        if (warmUp < 20) {
            throw new IllegalArgumentException("must be >= 20: warmUp=" + warmUp);
        }
        this.threshold = threshold;
        this.warmUp = warmUp;
        this.levelOnly = levelOnly;
        this.first = new double[warmUp];
    }

    /** For at most one false alarm expected in this many values. */
    public static EDetector withBudget(double values) {
        return new EDetector(threshold(values), WARM_UP);
    }

    /** The threshold for at most one false alarm expected in this many values. */
    public static double threshold(double values) {
        return Math.max(2, CAUTION * values);
    }

    /** The capital of each tilt's bets and where the best of them began. */
    private static final class Bets {
        private final double[] sums;
        private final double[] weights;
        private final double[] best;
        private final long[] since;
        private final double[] totalBefore;

        private Bets(int tilts) {
            sums = new double[tilts];
            weights = new double[tilts];
            best = new double[tilts];
            since = new long[tilts];
            totalBefore = new double[tilts];
        }
    }

    @Override
    public boolean add(double value) {
        return add(value, 1);
    }

    /**
     * As {@link #add(double)} for a threshold in another unit than values.
     *
     * @param stake what goes by of that unit with this value, such as seconds since the value before; not negative
     */
    public boolean add(double value, double stake) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("must be finite: value=" + value);
        }
        if (!(stake >= 0 && Double.isFinite(stake))) {
            throw new IllegalArgumentException("must be finite and >= 0: stake=" + stake);
        }
        seen++;
        long count = seen - startedAt;
        if (scores == null) {
            first[(int) count - 1] = value;
            total += value;
            if (count == warmUp) {
                learn();
            }
            return false;
        }
        statistic = bet(scores.classOf(value), count, stake);
        total += value;
        if (statistic < threshold) {
            return false;
        }
        lastChange = change(count);
        restart();
        return true;
    }

    private void learn() {
        scores = NormalScores.learn(first);
        prepare();
        bets = new Bets(stakes.length);
        for (double value : first) {
            double[] gain = gains[scores.classOf(value)];
            for (int k = 0; k < gain.length; k++) {
                bets.weights[k] += gain[k];
            }
        }
        Arrays.fill(bets.since, warmUp);
        Arrays.fill(bets.totalBefore, total);
        first = null;
    }

    private void prepare() {
        stakes = Tilts.stakes(scores.hasSpread() && !levelOnly);
        gains = new double[scores.classes()][stakes.length];
        for (int c = 0; c < gains.length; c++) {
            for (int k = 0; k < stakes.length; k++) {
                double score = Tilts.ofSpread(k) ? scores.spread(c) : scores.level(c);
                gains[c][k] = StrictMath.exp(Tilts.size(k) * score);
            }
        }
    }

    private double bet(int place, long count, double stake) {
        double[] gain = gains[place];
        double sum = 0;
        for (int k = 0; k < gain.length; k++) {
            bets.weights[k] += gain[k];
            double factor = gain[k] * count / bets.weights[k];
            bets.sums[k] = (stake + bets.sums[k]) * factor;
            sum += stakes[k] * bets.sums[k];
            if (bets.best[k] <= 1) {
                bets.best[k] = 1;
                bets.since[k] = count - 1;
                bets.totalBefore[k] = total;
            }
            bets.best[k] *= factor;
        }
        return sum;
    }

    private Change change(long count) {
        int strongest = 0;
        for (int k = 1; k < stakes.length; k++) {
            if (stakes[k] * bets.best[k] > stakes[strongest] * bets.best[strongest]) {
                strongest = k;
            }
        }
        long before = bets.since[strongest];
        return new Change(
                startedAt + before + 1,
                Tilts.ofSpread(strongest),
                Tilts.size(strongest) > 0,
                bets.totalBefore[strongest] / before,
                (total - bets.totalBefore[strongest]) / (count - before));
    }

    private void restart() {
        startedAt = seen;
        first = new double[warmUp];
        total = 0;
        scores = null;
        stakes = null;
        gains = null;
        bets = null;
        statistic = 0;
    }

    @Override
    public long seen() {
        return seen;
    }

    /** The evidence for a change, against {@link #threshold()}; 0 while it warms up. */
    public double statistic() {
        return statistic;
    }

    public double threshold() {
        return threshold;
    }

    /** Mean since the start or the last alarm; 0 before the first value. */
    public double mean() {
        return seen == startedAt ? 0 : total / (seen - startedAt);
    }

    /** Whether it has learned enough to alarm. */
    public boolean ready() {
        return scores != null;
    }

    /** What the last alarm found. */
    public Optional<Change> lastChange() {
        return Optional.ofNullable(lastChange);
    }

    /** What the evidence is for so far; empty while it warms up. */
    public Optional<Change> leading() {
        long count = seen - startedAt;
        return scores == null || count == warmUp ? Optional.empty() : Optional.of(change(count));
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("threshold", threshold);
        json.put("warmUp", (long) warmUp);
        json.put("levelOnly", levelOnly);
        json.put("seen", seen);
        json.put("startedAt", startedAt);
        json.put("total", total);
        json.put("statistic", statistic);
        if (lastChange != null) {
            json.put("changedAt", lastChange.changedAt);
            json.put("ofSpread", lastChange.ofSpread);
            json.put("up", lastChange.up);
            json.put("before", lastChange.before);
            json.put("after", lastChange.after);
        }
        if (scores == null) {
            json.put("first", list(Arrays.copyOf(first, (int) (seen - startedAt))));
        } else {
            json.put("edges", list(scores.edges()));
            json.put("discrete", scores.discrete());
            json.put("level", list(scores.levels()));
            json.put("spread", list(scores.spreads()));
            json.put("sums", list(bets.sums));
            json.put("weights", list(bets.weights));
            json.put("best", list(bets.best));
            json.put("since", Arrays.stream(bets.since).boxed().toList());
            json.put("totalBefore", list(bets.totalBefore));
        }
        return json;
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    public static EDetector fromJson(Map<String, ?> json) {
        JsonObject object = JsonObject.of(json);
        EDetector restored = new EDetector(
                object.number("threshold"), Math.toIntExact(object.integer("warmUp")), object.flag("levelOnly", false));
        restored.seen = object.integer("seen");
        restored.startedAt = object.integer("startedAt");
        restored.total = object.number("total");
        restored.statistic = object.number("statistic");
        if (object.has("changedAt")) {
            restored.lastChange = new Change(
                    object.integer("changedAt"),
                    object.flag("ofSpread"),
                    object.flag("up"),
                    object.number("before"),
                    object.number("after"));
        }
        if (object.has("first")) {
            double[] first = object.numbers("first");
            System.arraycopy(first, 0, restored.first, 0, first.length);
        } else {
            restored.first = null;
            restored.scores = NormalScores.of(
                    object.numbers("edges"),
                    object.flag("discrete"),
                    object.numbers("level"),
                    object.numbers("spread"));
            restored.prepare();
            restored.bets = new Bets(restored.stakes.length);
            copy(object, "sums", restored.bets.sums);
            copy(object, "weights", restored.bets.weights);
            copy(object, "best", restored.bets.best);
            copy(object, "totalBefore", restored.bets.totalBefore);
            double[] since = object.numbers("since");
            for (int k = 0; k < since.length; k++) {
                restored.bets.since[k] = (long) since[k];
            }
        }
        return restored;
    }

    private static void copy(JsonObject object, String name, double[] into) {
        double[] saved = object.numbers(name);
        if (saved.length != into.length) {
            throw new IllegalArgumentException("must be " + into.length + ": " + name + "=" + saved.length);
        }
        System.arraycopy(saved, 0, into, 0, saved.length);
    }
}
