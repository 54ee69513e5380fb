package io.leeway.cli.deadletters;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What went to the dead-letter topics; what is done with it is a command of its own. */
@Command(
        name = "dead-letters",
        description =
                "Records that could not be used, with the reason: lists them, shows them, gives them another try.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListLetters.class, ShowLetter.class, ReplayLetters.class})
public final class DeadLettersCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: list, show or replay");
    }
}
