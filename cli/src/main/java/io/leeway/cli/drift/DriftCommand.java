package io.leeway.cli.drift;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Drift of files. */
@Command(
        name = "drift",
        description = "Finds drift in files: between two tables, or along a stream of numbers.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DriftCheckCommand.class, DriftStreamCommand.class, DriftFaultsCommand.class})
public final class DriftCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "must say what to do: check, stream or faults");
    }
}
