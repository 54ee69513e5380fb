package io.leeway.cli.rebuild;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.cli.ServicesOption;
import io.leeway.cli.client.LeewayClient;
import io.leeway.contracts.rest.ProjectionHash;
import io.leeway.contracts.rest.Rebuild;
import io.leeway.contracts.rest.RebuildRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rebuilds the projection and says whether it came out as it was. */
@Command(
        name = "rebuild",
        description =
                "Drops what feedback-logger holds in PostgreSQL and reads it again from Kafka, while traffic goes on;"
                        + " prints the hash of the rows before and after.")
public final class RebuildCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 250;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(2);

    @Option(names = "--loop", paramLabel = "LOOP", description = "Only the rows of this loop.")
    private String loop;

    @Option(
            names = "--accept-loss",
            description = "Go on though Kafka no longer has all the records: rows that came from those are gone then.")
    private boolean acceptLoss;

    @Mixin
    private ServicesOption services;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        json.requireWritable();
        LeewayClient client = services.client();
        PrintStream out = json.words();
        Rebuild rebuild = client.rebuild(new RebuildRequest(loop, acceptLoss));
        rebuild.unseen().forEach(unseen -> out.println("not seen: " + unseen));
        rebuild = follow(client, rebuild, out);
        json.write(rebuild);
        if (rebuild.state() == Rebuild.State.FAILED) {
            throw new CommandException("rebuild failed, the rows are as they were: " + rebuild.reason());
        }
        tell(rebuild, out);
        return rebuild.before().sha256().equals(rebuild.after().sha256()) ? 0 : 1;
    }

    private static Rebuild follow(LeewayClient client, Rebuild begun, PrintStream out) throws InterruptedException {
        Rebuild rebuild = begun;
        long start = System.nanoTime();
        long told = start;
        while (rebuild.state() == Rebuild.State.RUNNING) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            rebuild = client.findRebuild(rebuild.id());
            long now = System.nanoTime();
            if (now - told > TELL_NANOS) {
                told = now;
                out.println(progress(rebuild, now - start));
            }
        }
        return rebuild;
    }

    private static String progress(Rebuild rebuild, long nanos) {
        double share = rebuild.recordsAhead() == 0 ? 1 : (double) rebuild.records() / rebuild.recordsAhead();
        double left = share == 0 ? Double.NaN : nanos / 1e9 * (1 - share) / share;
        return String.format(
                Locale.ROOT,
                "%,d of %,d records (%.0f %%), about %.0f s left",
                rebuild.records(),
                rebuild.recordsAhead(),
                100 * share,
                left);
    }

    private static void tell(Rebuild rebuild, PrintStream out) {
        double seconds =
                Duration.between(rebuild.startedAt(), rebuild.endedAt()).toMillis() / 1000.0;
        out.printf(
                Locale.ROOT,
                "%,d records read in %.1f s; nothing landed for %.1f s of it%n",
                rebuild.records(),
                seconds,
                rebuild.pauseMillis() / 1000.0);
        out.printf("%-12s %12s %12s  %s%n", "table", "rows before", "rows after", "");
        for (int i = 0; i < rebuild.after().tables().size(); i++) {
            ProjectionHash.TableHash before = rebuild.before().tables().get(i);
            ProjectionHash.TableHash after = rebuild.after().tables().get(i);
            out.printf(
                    Locale.ROOT,
                    "%-12s %,12d %,12d  %s%n",
                    after.table(),
                    before.rows(),
                    after.rows(),
                    before.sha256().equals(after.sha256()) ? "same" : "DIFFERENT");
        }
        out.println("hash before  " + rebuild.before().sha256());
        out.println("hash after   " + rebuild.after().sha256());
    }
}
