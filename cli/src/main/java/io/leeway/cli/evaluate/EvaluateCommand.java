package io.leeway.cli.evaluate;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.core.evaluation.Evaluation;
import io.leeway.core.evaluation.InsufficientSupportException;
import io.leeway.core.evaluation.LoggedRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a policy would have earned, from what another one logged. */
@Command(
        name = "evaluate",
        description = "Estimates what a policy would have earned, from rows that another policy logged.",
        footer = "Rows: CSV (.gz too) with the columns reward,pscore,pi_e[,q_a,q_pi]: the reward, the probability with"
                + " which the logged action was taken, the probability that the policy to evaluate gives it; a"
                + " reward model's prediction for the logged action, and its mean under the policy to evaluate.")
public final class EvaluateCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private Source source;

    @Mixin
    private RangeOption options;

    @Mixin
    private JsonOption json;

    /** Exactly one of them. */
    static final class Source {
        @Option(names = "--rows", paramLabel = "FILE", description = "Rows of logged decisions, CSV or CSV.gz.")
        private Path rows;
    }

    @Override
    public Integer call() throws IOException {
        LoggedRows rows = RowsFile.read(source.rows);
        try {
            Evaluation evaluation = Evaluation.of(rows, options.settings(rows));
            new EvaluationText(json.words()).print(evaluation, options.rangeStated());
            json.write(EvaluationReport.of(evaluation, options.rangeStated()));
            return 0;
        } catch (InsufficientSupportException refusal) {
            json.write(EvaluationReport.refused(rows, refusal));
            throw new CommandException(
                    "no answer, the rows are too few or too unlike the policy: " + refusal.getMessage());
        } catch (IllegalArgumentException wrong) {
            throw new CommandException(source.rows + ": " + wrong.getMessage());
        }
    }
}
