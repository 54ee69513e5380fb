package io.leeway.core.promotion;

import io.leeway.core.evaluation.Interval;
import io.leeway.core.evaluation.LossDifferenceSequence;
import io.leeway.core.evaluation.PolicyDifferenceSequence;
import io.leeway.core.evaluation.RewardRange;
import io.leeway.core.evaluation.Values;
import io.leeway.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What live events prove of a challenger against the champion, at any time. In a bandit loop every decision of the mixture counts for both
 * policies by importance weights, whichever was drawn; a shadow's by its own probability over the champion's. In a regression loop every
 * event has both predictions, whose squared errors are compared; the first events set where errors are cut. Not thread-safe.
 */
public final class LiveComparison {
    static final int FIRST_EVENTS = 20;

    private final RewardRange range;
    private final double tolerance;
    private final double confidence;
    private final PolicyDifferenceSequence values;
    private final List<Double> firstErrors = new ArrayList<>();
    private LossDifferenceSequence losses;
    private LossDifferenceSequence tolerantLosses;

    private LiveComparison(RewardRange range, double tolerance, double confidence, PolicyDifferenceSequence values) {
        this.range = range;
        this.tolerance = tolerance;
        this.confidence = confidence;
        this.values = values;
    }

    /**
     * Of a canary in a bandit loop.
     *
     * @param smallestShare of the challenger over all steps, in (0, 0.5]
     * @param largestShare of the challenger, in [smallestShare, 0.5]
     * @param tolerance loss that is put up with, in units of the reward
     * @param level probability of a wrong promotion, and of a wrong rollback, together
     */
    public static LiveComparison ofMixture(
            RewardRange range, double smallestShare, double largestShare, double tolerance, double level) {
        PolicyDifferenceSequence values = PolicyDifferenceSequence.ofMixture(
                range, 1 / smallestShare, 1 / (1 - largestShare), 1 - level, Values.CONSTANT);
        return new LiveComparison(range, tolerance, 1 - level, values);
    }

    /** Of a shadow in a bandit loop; see {@link #ofMixture}. */
    public static LiveComparison ofShadow(RewardRange range, double tolerance, double level) {
        PolicyDifferenceSequence values =
                PolicyDifferenceSequence.againstLogged(range, Double.POSITIVE_INFINITY, 1 - level, Values.CONSTANT);
        return new LiveComparison(range, tolerance, 1 - level, values);
    }

    /**
     * Of two predictions of every event in a regression loop.
     *
     * @param tolerance share of the champion's error that is put up with
     */
    public static LiveComparison ofPredictions(double tolerance, double level) {
        return new LiveComparison(null, tolerance, 1 - level, null);
    }

    /**
     * A decision whose reward is known; rewards outside of the range are clipped to it.
     *
     * @param challenger probability that the challenger alone would have done what was done
     * @param champion the same of the champion
     * @param logged probability with which it was done, greater than 0
     */
    public void decision(double challenger, double champion, double logged, double reward) {
        if (!(logged > 0)) {
            throw new IllegalArgumentException("must be > 0: logged=" + logged);
        }
        values.add(challenger / logged, champion / logged, range.clip(reward));
    }

    /** A shadow's decision: what was done was the champion's doing. */
    public void shadowed(double shadow, double logged, double reward) {
        if (!(logged > 0)) {
            throw new IllegalArgumentException("must be > 0: logged=" + logged);
        }
        values.add(shadow / logged, 1, range.clip(reward));
    }

    /** A prediction whose value was observed. */
    public void prediction(double challenger, double champion, double observed) {
        double own = square(challenger - observed);
        double theirs = square(champion - observed);
        if (losses == null) {
            firstErrors.add(theirs);
            if (firstErrors.size() == FIRST_EVENTS) {
                double cap = ErrorCap.of(
                        firstErrors.stream().mapToDouble(Double::doubleValue).toArray());
                losses = new LossDifferenceSequence(cap, confidence);
                tolerantLosses = new LossDifferenceSequence(allowed() * cap, confidence);
            }
            return;
        }
        losses.add(theirs, own);
        tolerantLosses.add(allowed() * Math.min(losses.cap(), theirs), Math.min(losses.cap(), own));
    }

    public long count() {
        return values != null ? values.count() : firstErrors.size() + (losses == null ? 0 : losses.count());
    }

    /** @param gain smallest wanted gain, in units of the reward (or of the squared error) */
    public Evidence evidence(double gain) {
        if (values != null) {
            return evidence(values.isWorseThan(0), values.isBetterBy(gain), gain, values.isBetterBy(-tolerance));
        }
        if (losses == null) {
            return Evidence.OPEN;
        }
        return evidence(losses.isWorseThan(0), losses.isBetterBy(gain), gain, tolerantLosses.isBetterBy(0));
    }

    /** Live, a challenger that is proven worse at all goes at once: nobody waits until it has lost more than the tolerance. */
    private static Evidence evidence(boolean worse, boolean better, double gain, boolean harmless) {
        if (worse) {
            return Evidence.WORSE;
        }
        if (better) {
            return Evidence.BETTER;
        }
        return gain == 0 && harmless ? Evidence.NOT_WORSE : Evidence.OPEN;
    }

    /** Of the challenger's gain, in units of the reward (or of the squared error); all that is possible before the first events. */
    public Interval interval() {
        if (values != null) {
            return values.interval();
        }
        return losses == null ? new Interval(-Double.MAX_VALUE, Double.MAX_VALUE) : losses.interval();
    }

    public double confidence() {
        return confidence;
    }

    private double allowed() {
        return (1 + tolerance) * (1 + tolerance);
    }

    private static double square(double value) {
        return value * value;
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tolerance", tolerance);
        json.put("confidence", confidence);
        if (values != null) {
            json.put("range", range.toJson());
            json.put("values", values.toJson());
        } else {
            json.put("firstErrors", List.copyOf(firstErrors));
        }
        if (losses != null) {
            json.put("losses", losses.toJson());
            json.put("tolerantLosses", tolerantLosses.toJson());
        }
        return json;
    }

    @SuppressWarnings("unchecked")
    public static LiveComparison fromJson(Map<String, ?> json) {
        JsonObject saved = JsonObject.of(json);
        double tolerance = saved.number("tolerance");
        double confidence = saved.number("confidence");
        if (saved.has("values")) {
            return new LiveComparison(
                    RewardRange.fromJson(saved.object("range")),
                    tolerance,
                    confidence,
                    PolicyDifferenceSequence.fromJson((Map<String, ?>) saved.value("values")));
        }
        LiveComparison restored = new LiveComparison(null, tolerance, confidence, null);
        for (double error : saved.numbers("firstErrors")) {
            restored.firstErrors.add(error);
        }
        if (saved.has("losses")) {
            restored.losses = LossDifferenceSequence.fromJson((Map<String, ?>) saved.value("losses"));
            restored.tolerantLosses = LossDifferenceSequence.fromJson((Map<String, ?>) saved.value("tolerantLosses"));
        }
        return restored;
    }
}
