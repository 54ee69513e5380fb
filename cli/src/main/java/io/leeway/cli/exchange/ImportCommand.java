package io.leeway.cli.exchange;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.cli.ServicesOption;
import io.leeway.cli.client.LeewayClient;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopSettings;
import io.leeway.report.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Decisions that somebody else took, with their rewards, into a loop's log. */
@Command(
        name = "import",
        description = "Brings a file of decisions with their rewards into a loop's log: dsjson (Vowpal Wabbit, Azure"
                + " Personalizer), JSON lines, CSV or Parquet, gzipped or not. Goes around the live join. Can be repeated"
                + " after Ctrl-C: an event that is there already is a duplicate.")
public final class ImportCommand implements Runnable {
    private static final int SHOWN = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    @Parameters(paramLabel = "FILE", description = "Its content says its format.")
    private Path file;

    @Option(names = "--loop", paramLabel = "LOOP", required = true, description = "The loop that it is the history of.")
    private String loop;

    @Option(
            names = "--create",
            description =
                    "Makes the loop if there is none; its kind, actions and reward range are guessed from the file.")
    private boolean create;

    @Mixin
    private ServicesOption services;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), "must be a file: FILE=" + file);
        }
        json.requireWritable();
        try {
            work();
        } catch (IOException e) {
            throw new CommandException(file + ": " + e.getMessage(), e);
        }
    }

    private void work() throws IOException {
        LeewayClient client = services.client();
        HistoryFile history = new HistoryFile(file);
        LoopSettings made = null;
        if (client.findLoop(loop).isEmpty()) {
            made = guess(history);
            Loop put = client.putLoop(loop, made);
            json.words()
                    .println(put.name() + " is new: " + GuessedLoop.words(made)
                            + ". To change that: ./leeway loop put FILE.yaml --name " + loop);
            awaitLogger(client);
        }
        Tally tally = new Tally();
        Intake intake = new Intake(client, loop, tally);
        try (Progress progress = Progress.of("importing " + file.getFileName() + ", bytes", Files.size(file))) {
            history.read(intake, progress::to);
            intake.flush();
        }
        tell(history.format(), tally);
        json.write(result(history.format(), tally, made));
        if (tally.accepted() + tally.duplicates() == 0) {
            throw new CommandException("no line of " + file + " could be used");
        }
    }

    /** A new loop reaches the logger through Kafka. */
    private void awaitLogger(LeewayClient client) {
        Instant until = Instant.now().plus(PATIENCE);
        while (!client.logged(loop)) {
            if (Instant.now().isAfter(until)) {
                throw new CommandException("feedback-logger must know the loop within " + PATIENCE + ": loop=" + loop);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private LoopSettings guess(HistoryFile history) throws IOException {
        if (!create) {
            throw new CommandException("must be a loop that exists, or --create be given: loop=" + loop);
        }
        GuessedLoop guessed = new GuessedLoop();
        history.read(guessed, bytes -> {});
        if (guessed.empty()) {
            throw new CommandException("no line of " + file + " could be used, so no loop was made");
        }
        return guessed.settings("made by the import of " + file.getFileName());
    }

    private void tell(Format format, Tally tally) {
        tally.faults().stream()
                .limit(SHOWN)
                .forEach(fault -> System.err.println("line " + fault.line() + ": " + fault.reason()));
        if (tally.rejected() > SHOWN) {
            System.err.println("and " + (tally.rejected() - SHOWN) + " more lines (--json names the first 1000)");
        }
        json.words()
                .printf(
                        Locale.ROOT,
                        "%,d lines of %s: %,d are in the log of %s, %,d were there already, %,d could not be used%s%n",
                        tally.lines(),
                        format.name().toLowerCase(Locale.ROOT),
                        tally.accepted(),
                        loop,
                        tally.duplicates(),
                        tally.rejected(),
                        tally.deferredLeftOut() == 0
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        ", %,d were never activated and are left out",
                                        tally.deferredLeftOut()));
    }

    private Map<String, Object> result(Format format, Tally tally, LoopSettings made) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("file", file.toString());
        result.put("format", format.name().toLowerCase(Locale.ROOT));
        result.put("loop", loop);
        result.put("lines", tally.lines());
        result.put("accepted", tally.accepted());
        result.put("duplicates", tally.duplicates());
        result.put("notActivated", tally.deferredLeftOut());
        result.put("rejected", tally.rejected());
        result.put("rejections", tally.faults());
        result.put("created", made);
        return result;
    }
}
