package io.leeway.cli.exchange;

import io.leeway.cli.CommandException;
import io.leeway.cli.client.LeewayClient;
import io.leeway.report.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings a file of history into a loop's log, for whoever has made one. */
public final class History {
    private final LeewayClient client;
    private final String loop;

    public History(LeewayClient client, String loop) {
        this.client = client;
        this.loop = loop;
    }

    /** @param progress is told of each line that is on its way */
    public Tally send(Path file, Progress progress) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandException("must be a file: " + file);
        }
        Tally tally = new Tally();
        Intake intake = new Intake(client, loop, tally);
        new HistoryFile(file).read(intake, bytes -> progress.to(tally.lines()));
        intake.flush();
        progress.to(tally.lines());
        return tally;
    }
}
