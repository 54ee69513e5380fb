package io.leeway.cli;

import io.leeway.cli.backup.BackupCommand;
import io.leeway.cli.backup.RestoreCommand;
import io.leeway.cli.bakeoff.BakeoffCommand;
import io.leeway.cli.bench.BenchCommand;
import io.leeway.cli.deadletters.DeadLettersCommand;
import io.leeway.cli.demo.DemoCommand;
import io.leeway.cli.drift.DriftCommand;
import io.leeway.cli.evaluate.EvaluateCommand;
import io.leeway.cli.exchange.ExportCommand;
import io.leeway.cli.exchange.ImportCommand;
import io.leeway.cli.inspect.InspectCommand;
import io.leeway.cli.loop.LoopCommand;
import io.leeway.cli.pipeline.PipelineCommand;
import io.leeway.cli.pipeline.SimulateCommand;
import io.leeway.cli.rebuild.RebuildCommand;
import io.leeway.cli.stack.DownCommand;
import io.leeway.cli.stack.LogsCommand;
import io.leeway.cli.stack.StatusCommand;
import io.leeway.cli.stack.UpCommand;
import io.leeway.cli.train.ReproduceCommand;
import io.leeway.cli.train.TrainCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The front door. Exit status: 0 done, 1 the thing asked for failed or did not hold, 2 wrong usage. */
@Command(
        name = "leeway",
        description = "A self-hosted decision service that learns.",
        version = "leeway 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            DemoCommand.class,
            BakeoffCommand.class,
            LoopCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            DriftCommand.class,
            InspectCommand.class,
            DeadLettersCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            PipelineCommand.class,
            TrainCommand.class,
            ReproduceCommand.class,
            SimulateCommand.class,
            RebuildCommand.class,
            BackupCommand.class,
            RestoreCommand.class
        })
public final class Leeway implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Says how to use it, and ends.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Says the version, and ends.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command; @return its exit status */
    public static int run(String... arguments) {
        return new CommandLine(new Leeway())
                .setExecutionExceptionHandler(Leeway::explain)
                .setParameterExceptionHandler(Leeway::correct)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** Names the wrong word, and what may have been meant; the list of all words is for those who ask for it. */
    private static int correct(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText(wrong.getMessage()));
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** People get the message; the stack trace is for those who ask for it. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        Throwable cause = failure;
        while (cause instanceof java.util.concurrent.ExecutionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        command.getErr().println(command.getColorScheme().errorText(command.getCommandName() + ": " + message));
        if (System.getenv("LEEWAY_DEBUG") != null) {
            failure.printStackTrace(command.getErr());
        }
        return 1;
    }
}
