package io.leeway.cli.bench;

import io.leeway.cli.demo.LoopBench;
import io.leeway.cli.train.LearnersBench;
import io.leeway.cli.train.TrainingBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures; each kind of measurement is a command of its own. */
@Command(
        name = "bench",
        description = "Load benchmarks, each beside its bare baseline in the same run.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServingBench.class,
            IngestBench.class,
            LoopBench.class,
            LearnersBench.class,
            LearningBench.class,
            TrainingBench.class
        })
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: what to measure");
    }
}
