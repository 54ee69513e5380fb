package io.leeway.cli.evaluate;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.cli.bakeoff.Entrant;
import io.leeway.core.evaluation.Evaluation;
import io.leeway.core.evaluation.EvaluationSettings;
import io.leeway.core.evaluation.InsufficientSupportException;
import io.leeway.core.evaluation.IntervalMethod;
import io.leeway.core.evaluation.LoggedRows;
import io.leeway.core.evaluation.PolicyValueSequence;
import io.leeway.core.evaluation.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a policy would have earned, from what another one logged. */
@Command(
        name = "evaluate",
        description = "Estimates what a policy would have earned, from what another policy logged.",
        footer = {
            "",
            "Rows: CSV (.gz too) with the columns reward,pscore,pi_e[,q_a,q_pi]: the reward, the probability with"
                    + " which the logged action was taken, the probability that the policy to evaluate gives it; a"
                    + " reward model's prediction for the logged action, and its mean under the policy to evaluate.",
            "A log: dsjson of Vowpal Wabbit or Personalizer, or Leeway's own lines of history. The policy learns from"
                    + " each decision after it has said what it would have done.",
            "",
            "  leeway evaluate --rows F.csv.gz --json F",
            "  leeway evaluate --log F.dsjson --policy linucb:alpha=0.3"
        })
public final class EvaluateCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private Source source;

    @Mixin
    private RangeOption options;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    /** Exactly one of them. */
    static final class Source {
        @Option(names = "--rows", paramLabel = "FILE", description = "Rows of logged decisions, CSV or CSV.gz.")
        private Path rows;

        @ArgGroup(exclusive = false)
        private Log log;

        @Option(
                names = "--coverage",
                paramLabel = "LOGS",
                description = "Counts, over this many simulated logs per world, how often intervals and sequences hold"
                        + " the truth; with --interval bootstrap that one, too, which takes long.")
        private Integer coverage;

        @Option(
                names = "--gates",
                paramLabel = "CANDIDATES",
                description =
                        "Counts, over this many simulated candidates, good ones and planted bad ones, what the gates"
                                + " promote and what they keep out.")
        private Integer gates;
    }

    /** Both of them. */
    static final class Log {
        @Option(
                names = "--log",
                required = true,
                paramLabel = "FILE",
                description = "A decision log, JSON lines, gzipped or not.")
        private Path file;

        @Option(
                names = "--policy",
                required = true,
                paramLabel = "NAME",
                description = "The policy that is compared with the logged one: NAME or NAME:PARAMETER=NUMBER:...")
        private String policy;
    }

    @Override
    public Integer call() throws IOException {
        if (source.coverage != null) {
            if (source.coverage < 1) {
                throw new ParameterException(spec.commandLine(), "--coverage must be >= 1: " + source.coverage);
            }
            return new CoverageReport(
                            source.coverage, options.seed(), options.method() == IntervalMethod.BOOTSTRAP, json)
                    .run();
        }
        if (source.gates != null) {
            if (source.gates < 1) {
                throw new ParameterException(spec.commandLine(), "--gates must be >= 1: " + source.gates);
            }
            return new GatesReport(source.gates, options.seed(), json).run();
        }
        Path file = source.rows == null ? source.log.file : source.rows;
        try {
            return source.rows == null ? log() : rows();
        } catch (IOException unreadable) {
            throw new CommandException(file + ": must be readable: " + unreadable.getMessage(), unreadable);
        }
    }

    private int log() throws IOException {
        Entrant policy;
        try {
            policy = Entrant.of(source.log.policy);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage());
        }
        try {
            return new LogEvaluation(source.log.file, policy, options, json).run();
        } catch (IllegalArgumentException wrong) {
            throw new CommandException(source.log.file + ": " + wrong.getMessage(), wrong);
        }
    }

    private int rows() throws IOException {
        LoggedRows rows = RowsFile.read(source.rows);
        EvaluationSettings settings = options.settings(rows);
        try {
            Evaluation evaluation = Evaluation.of(rows, settings);
            PolicyValueSequence sequence = sequence(rows, settings);
            new EvaluationText(json.words()).print(evaluation, options.rangeStated());
            json.words()
                    .println(String.format(
                            Locale.ROOT,
                            "confidence sequence of the value, which may be looked at after every row: [%.6g, %.6g]",
                            sequence.lower(),
                            sequence.upper()));
            Map<String, Object> report = EvaluationReport.of(evaluation, options.rangeStated());
            report.put("sequence", List.of(sequence.lower(), sequence.upper()));
            json.write(report);
            return 0;
        } catch (InsufficientSupportException refusal) {
            json.write(EvaluationReport.refused(rows, refusal));
            throw new CommandException(
                    "no answer, the rows are too few or too unlike the policy: " + refusal.getMessage());
        } catch (IllegalArgumentException wrong) {
            throw new CommandException(source.rows + ": " + wrong.getMessage(), wrong);
        }
    }

    private static PolicyValueSequence sequence(LoggedRows rows, EvaluationSettings settings) {
        PolicyValueSequence sequence = new PolicyValueSequence(
                settings.rewardRange(), settings.maximumWeight(), settings.confidence(), Values.CONSTANT);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.hasRewardModel()) {
                sequence.add(rows.weight(i), rows.reward(i), rows.qA(i), rows.qPi(i));
            } else {
                sequence.add(rows.weight(i), rows.reward(i));
            }
        }
        return sequence;
    }
}
