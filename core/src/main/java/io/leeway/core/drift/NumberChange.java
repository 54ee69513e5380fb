package io.leeway.core.drift;

import java.util.Locale;
import org.apache.commons.math3.special.Erf;

/**
 * How a number changed from one sample to another: whether (Anderson-Darling), how far (Kolmogorov-Smirnov's distance) and in what,
 * level, spread or shape. What changed is called the spread when squared rank scores moved further, in standard errors, than rank
 * scores did (Mood's test beside Wilcoxon's), and shape when neither moved by as much as the whole distribution did. Immutable.
 *
 * @param statistic of Anderson and Darling
 * @param distance largest difference of the distribution functions, in [0, 1]
 * @param spreadBefore distance from the first to the third quartile
 * @param upward whether level or spread grew
 * @see "Mood, On the asymptotic efficiency of certain nonparametric two-sample tests, Annals of Mathematical Statistics 25, 1954, 514-522"
 */
public record NumberChange(
        ChangeKind kind,
        double statistic,
        double pValue,
        double distance,
        double medianBefore,
        double medianAfter,
        double spreadBefore,
        double spreadAfter,
        boolean upward) {
    /** A moment that is not this many standard errors away did not move. */
    private static final double MOVED = 2;

    /** Compares two samples, at least one value each. */
    public static NumberChange of(double[] before, double[] after) {
        return of(Quantiles.of(before), Quantiles.of(after), 1);
    }

    /** @param dependence how many values in a row count for one independent value, at least 1 */
    public static NumberChange of(Quantiles before, Quantiles after, double dependence) {
        TestResult test = AndersonDarling.test(before, after, dependence);
        double[] moments = moments(before, after);
        double level = moments[0] / Math.sqrt(dependence);
        double spread = moments[1] / Math.sqrt(dependence);
        ChangeKind kind = Math.abs(level) < MOVED && Math.abs(spread) < MOVED
                ? ChangeKind.SHAPE
                : Math.abs(spread) > Math.abs(level) ? ChangeKind.SPREAD : ChangeKind.LEVEL;
        return new NumberChange(
                kind,
                test.statistic(),
                test.pValue(),
                KolmogorovSmirnov.statistic(before, after),
                before.at(0.5),
                after.at(0.5),
                before.at(0.75) - before.at(0.25),
                after.at(0.75) - after.at(0.25),
                (kind == ChangeKind.SPREAD ? spread : level) > 0);
    }

    /** What changed, without a test. */
    public static ChangeKind kindOf(Quantiles before, Quantiles after) {
        return of(before, after, 1).kind;
    }

    /** Such as "wind: spread 1.2 -> 2.4 (quartiles), KS 0.18". */
    public String words(String name) {
        String what =
                switch (kind) {
                    case LEVEL -> "median " + number(medianBefore) + " -> " + number(medianAfter);
                    case SPREAD -> "spread " + number(spreadBefore) + " -> " + number(spreadAfter) + " (quartiles)";
                    case SHAPE -> "shape, with median " + number(medianBefore) + " -> " + number(medianAfter);
                };
        return String.format(Locale.ROOT, "%s: %s, KS %.2f", name, what, distance);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3g", value);
        return text.contains("e") || !text.contains(".")
                ? text
                : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    /**
     * Standardised differences of the normal scores of the ranks and of their squares, less what of those goes with the scores
     * themselves; positive where the second sample's are larger.
     */
    private static double[] moments(Quantiles a, Quantiles b) {
        double all = (double) a.size() + b.size();
        int i = 0;
        int j = 0;
        double[] sums = new double[7]; // score, square, score^2, square^2, product over all; score, square of b
        while (i < a.size() || j < b.size()) {
            double value = j == b.size() || (i < a.size() && a.get(i) <= b.get(j)) ? a.get(i) : b.get(j);
            int below = i + j;
            int fromB = j;
            while (i < a.size() && a.get(i) == value) {
                i++;
            }
            while (j < b.size() && b.get(j) == value) {
                j++;
            }
            double score = Math.sqrt(2) * Erf.erfInv(2 * (below + i + j) / (2 * all) - 1);
            double tie = i + j - below;
            double square = score * score;
            sums[0] += tie * score;
            sums[1] += tie * square;
            sums[2] += tie * score * score;
            sums[3] += tie * square * square;
            sums[4] += tie * score * square;
            sums[5] += (j - fromB) * score;
            sums[6] += (j - fromB) * square;
        }
        double level = sums[0] / all;
        double square = sums[1] / all;
        double ofLevel = sums[2] / all - level * level;
        double ofSquare = sums[3] / all - square * square;
        double along = ofLevel > 0 ? (sums[4] / all - level * square) / ofLevel : 0;
        double own = ofSquare - along * along * ofLevel;
        double error =
                a.size() / (b.size() * Math.max(1, all - 1)); // of a mean of b drawn from all, per unit of variance
        double up = sums[5] / b.size() - level;
        double wider = sums[6] / b.size() - square - along * up;
        return new double[] {
            ofLevel > 0 ? up / Math.sqrt(ofLevel * error) : 0, own > 1e-9 ? wider / Math.sqrt(own * error) : 0
        };
    }
}
