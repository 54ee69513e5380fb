package io.leeway.core.promotion;

import io.leeway.core.bandit.Policy;
import io.leeway.core.evaluation.Interval;
import io.leeway.core.evaluation.LossDifferenceSequence;
import io.leeway.core.evaluation.RewardRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The quality gate of a bandit loop, on the newest rows, which the candidate has not learned from. The reference is the champion, or the
 * logging policy without one.
 *
 * <ol>
 *   <li>Value: what the candidate's policy earns more than the reference, by doubly robust terms and an anytime-valid interval. Worse
 *       than tolerated is kept out; better, or not worse, passes.
 *   <li>Where the interval is open (often because the logs support too few of the choices that differ), prediction: a candidate that
 *       provably predicts rewards better than the champion passes; without a champion, better than their mean (one-sided, 90 %).
 *   <li>Where nothing is proven, live rewards may decide: with a canary the candidate passes to it, otherwise it is kept out.
 *   <li>No segment may lose seriously: one that provably does keeps the candidate out.
 * </ol>
 *
 * <p>Immutable.
 */
public final class BanditQuality {
    public static final String NAME = "quality";

    private static final int FEWEST_ROWS = 20;
    private static final double LEARNED = 0.9;
    private static final double SEGMENTS_LEVEL = 0.05;

    private final RewardRange range;
    private final Thresholds thresholds;
    private final List<String> segments;
    private final boolean liveDecides;

    /**
     * @param range of the rewards; those outside are clipped to it
     * @param segments inputs to split by; empty: all of few values
     * @param liveDecides whether a canary or a person decides about what stays open here
     */
    public BanditQuality(RewardRange range, Thresholds thresholds, List<String> segments, boolean liveDecides) {
        this.range = range;
        this.thresholds = thresholds;
        this.segments = List.copyOf(segments);
        this.liveDecides = liveDecides;
    }

    /** @param trainMean mean of the rewards that the candidate learned from */
    public Verdict judge(List<JudgedRow> held, Policy candidate, Optional<Policy> champion, double trainMean) {
        PairedRows rows = PairedRows.of(held, candidate, champion, range);
        Map<String, Object> figures = new LinkedHashMap<>();
        String reference = champion.isPresent() ? "champion" : "logging policy";
        figures.put("rows", rows.pairs().size());
        figures.put("unsupportedRows", rows.unsupported());
        figures.put("reference", reference);
        figures.put("level", thresholds.level());
        if (rows.pairs().size() < FEWEST_ROWS) {
            return refused("too few rows to judge by: " + rows.pairs().size() + " of " + FEWEST_ROWS, figures);
        }
        ValueComparison value = ValueComparison.of(rows, range, thresholds.confidence());
        Evidence evidence = value.evidence(thresholds);
        String words = words(rows, value, evidence, reference, figures);
        if (evidence == Evidence.WORSE) {
            return refused("worse policy: " + words, figures);
        }
        Optional<String> hurt = hurtSegment(rows, value, figures);
        if (hurt.isPresent()) {
            return refused(hurt.get(), figures);
        }
        boolean predicts = champion.isPresent() ? beatsChampion(rows, figures) : beatsMean(rows, trainMean, figures);
        if (champion.isEmpty()) {
            return first(evidence, predicts, words, figures);
        }
        return againstChampion(evidence, predicts, words, figures);
    }

    private Verdict first(Evidence evidence, boolean predicts, String words, Map<String, Object> figures) {
        if (evidence == Evidence.BETTER) {
            return passed("better policy: " + words, figures);
        }
        return predicts
                ? passed("predicts rewards better than their mean: " + words, figures)
                : refused("has learned nothing that new rows confirm: " + words, figures);
    }

    private Verdict againstChampion(Evidence evidence, boolean predicts, String words, Map<String, Object> figures) {
        if (evidence.promotes()) {
            return passed((evidence == Evidence.BETTER ? "better policy: " : "not a worse policy: ") + words, figures);
        }
        if (predicts && thresholds.gain() == 0) {
            return passed("predicts rewards better than the champion: " + words, figures);
        }
        return liveDecides
                ? passed("open, live rewards decide: " + words, figures)
                : refused("not proven: " + words, figures);
    }

    private String words(
            PairedRows rows, ValueComparison value, Evidence evidence, String reference, Map<String, Object> figures) {
        Interval interval = value.interval();
        figures.put("evidence", evidence.name().toLowerCase(Locale.ROOT));
        figures.put("referenceValue", value.referenceValue());
        figures.put("difference", value.difference());
        figures.put("differenceLower", interval.lower());
        figures.put("differenceUpper", interval.upper());
        figures.put("margin", thresholds.tolerance() * Math.abs(value.referenceValue()));
        figures.put("effectiveSampleSize", rows.effectiveSampleSize());
        figures.put("comparedRows", value.sequence().count());
        return String.format(
                Locale.ROOT,
                "value %.4g more than the %s's %.4g, in [%.4g, %.4g] with confidence %.4g",
                value.difference(),
                reference,
                value.referenceValue(),
                interval.lower(),
                interval.upper(),
                thresholds.confidence());
    }

    /** One budget over all segments: with none that loses, one is named by mistake at most that often. */
    private Optional<String> hurtSegment(PairedRows rows, ValueComparison whole, Map<String, Object> figures) {
        List<PairedRows.Pair> pairs = rows.bounded();
        Map<String, List<Integer>> parts =
                Segments.of(pairs.stream().map(pair -> pair.row.context()).toList(), segments);
        double serious = thresholds.seriousLoss() * Math.abs(whole.referenceValue());
        double confidence = 1 - 2 * SEGMENTS_LEVEL / Math.max(1, parts.size());
        List<Map<String, Object>> all = new ArrayList<>();
        List<Map<String, Object>> lost = new ArrayList<>();
        String worst = null;
        for (Map.Entry<String, List<Integer>> part : parts.entrySet()) {
            List<PairedRows.Pair> members =
                    part.getValue().stream().map(pairs::get).toList();
            ValueComparison value =
                    ValueComparison.of(members, rows.referenceWeight(), whole.referenceValue(), range, confidence);
            Map<String, Object> figuresOfPart =
                    Map.of("segment", part.getKey(), "rows", members.size(), "difference", value.difference());
            all.add(figuresOfPart);
            if (value.sequence().isWorseThan(-serious)) {
                lost.add(figuresOfPart);
                worst = worst == null ? part.getKey() : worst;
            }
        }
        figures.put("segments", parts.size());
        figures.put("bySegment", all);
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        figures.put("losingSegments", lost);
        return Optional.of(String.format(
                Locale.ROOT,
                "loses more than %.3g in a segment: %s (%d of %d segments)",
                serious,
                worst,
                lost.size(),
                parts.size()));
    }

    /** Squared errors of the logged actions' rewards; predictions and rewards lie within the range, so that nothing is cut. */
    private boolean beatsChampion(PairedRows rows, Map<String, Object> figures) {
        double width = range.width();
        LossDifferenceSequence losses = new LossDifferenceSequence(width * width, thresholds.confidence());
        double own = 0;
        double theirs = 0;
        for (PairedRows.Pair pair : rows.pairs()) {
            if (Double.isNaN(pair.referenceScore)) {
                return false;
            }
            double mine = square(pair.reward - range.clip(pair.scores[pair.taken]));
            double other = square(pair.reward - range.clip(pair.referenceScore));
            losses.add(other, mine);
            own += mine;
            theirs += other;
        }
        int size = rows.pairs().size();
        figures.put("rmse", Math.sqrt(own / size));
        figures.put("championRmse", Math.sqrt(theirs / size));
        boolean better = losses.isBetterBy(0);
        figures.put("predictsBetter", better);
        return better;
    }

    private boolean beatsMean(PairedRows rows, double trainMean, Map<String, Object> figures) {
        List<PairedRows.Pair> pairs = rows.pairs();
        MeanDifference gain = MeanDifference.of(
                pairs.size(), i -> square(pairs.get(i).row.reward() - trainMean) - error(pairs.get(i)));
        figures.put(
                "rmse",
                Math.sqrt(MeanDifference.of(pairs.size(), i -> error(pairs.get(i)))
                        .mean()));
        figures.put("squaredErrorGain", gain.mean());
        boolean better = gain.lower(LEARNED) > 0;
        figures.put("predictsBetter", better);
        return better;
    }

    private static double error(PairedRows.Pair pair) {
        return square(pair.row.reward() - pair.scores[pair.taken]);
    }

    private static double square(double value) {
        return value * value;
    }

    private static Verdict passed(String reason, Map<String, Object> figures) {
        return new Verdict(NAME, true, reason, figures);
    }

    private static Verdict refused(String reason, Map<String, Object> figures) {
        return new Verdict(NAME, false, reason, figures);
    }
}
