package io.leeway.cli.evaluate;

import io.leeway.core.evaluation.EvaluationSettings;
import io.leeway.core.evaluation.IntervalMethod;
import io.leeway.core.evaluation.LoggedRows;
import io.leeway.core.evaluation.Minimum;
import io.leeway.core.evaluation.RewardRange;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The bounds, the confidence and the minimum of an evaluation. */
final class RangeOption {
    @Option(
            names = "--reward-range",
            paramLabel = "MIN,MAX",
            split = ",",
            arity = "1",
            description = "Bounds of the rewards. Without it: 0,1, stretched to hold the rewards seen.")
    private double[] rewardRange;

    @Option(
            names = "--max-weight",
            paramLabel = "W",
            description = "What no importance weight can exceed, such as 1/floor; used by the bounds that need one.")
    private Double maximumWeight;

    @Option(
            names = "--confidence",
            paramLabel = "C",
            defaultValue = "0.95",
            description = "Of the intervals (default ${DEFAULT-VALUE}).")
    private double confidence;

    @Option(
            names = "--interval",
            paramLabel = "METHOD",
            defaultValue = "likelihood",
            description =
                    "The interval shown: likelihood (default; adjusted empirical likelihood, which holds with rare"
                            + " rewards and heavy weights), normal, bootstrap or empiricalBernstein. --json has all of them.")
    private String method;

    @Option(
            names = "--minimum-rows",
            paramLabel = "N",
            description = "Refuse to answer below this many rows (default 100).")
    private Integer minimumRows;

    @Option(
            names = "--minimum-ess",
            paramLabel = "N",
            description = "Refuse to answer below this effective sample size (default 10).")
    private Double minimumEffective;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the bootstrap, and of policies that draw (default ${DEFAULT-VALUE}).")
    private long seed;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    boolean rangeStated() {
        return rewardRange != null;
    }

    long seed() {
        return seed;
    }

    /** Wrong values are wrong usage. */
    EvaluationSettings settings(LoggedRows rows) {
        try {
            if (rewardRange != null && rewardRange.length != 2) {
                throw new IllegalArgumentException("--reward-range must be MIN,MAX: values=" + rewardRange.length);
            }
            RewardRange range =
                    rewardRange == null ? RewardRange.guess(rows) : new RewardRange(rewardRange[0], rewardRange[1]);
            Minimum minimum = new Minimum(
                    minimumRows == null ? Minimum.DEFAULT.rows() : minimumRows,
                    minimumEffective == null ? Minimum.DEFAULT.effectiveSampleSize() : minimumEffective);
            return new EvaluationSettings(
                    confidence,
                    minimum,
                    range,
                    maximumWeight == null ? Double.POSITIVE_INFINITY : maximumWeight,
                    method(),
                    seed);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage());
        }
    }

    /** A wrong word is wrong usage. */
    IntervalMethod method() {
        return Arrays.stream(IntervalMethod.values())
                .filter(one -> one.word().equalsIgnoreCase(method))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--interval must be one of "
                                + Arrays.stream(IntervalMethod.values())
                                        .map(IntervalMethod::word)
                                        .collect(Collectors.joining(", "))
                                + ": " + method));
    }
}
