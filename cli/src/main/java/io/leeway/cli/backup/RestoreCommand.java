package io.leeway.cli.backup;

import io.leeway.cli.CommandException;
import io.leeway.cli.JsonOption;
import io.leeway.cli.ServicesOption;
import io.leeway.cli.client.CallException;
import io.leeway.contracts.rest.Republication;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a backup into a database, and lets training-service tell the topics. */
@Command(
        name = "restore",
        description =
                "Puts the registry of a backup into the database, all of it or nothing. The schema must have been made by a"
                        + " training-service of the same version. Loops and models are then published again.")
public final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "What ./leeway backup wrote.")
    private Path file;

    @Option(names = "--overwrite", description = "Put it in place of the registry that is there, which is lost then.")
    private boolean overwrite;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private ServicesOption services;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException, SQLException {
        json.requireWritable();
        BackupFile.Checked checked = BackupFile.read(file, (table, row) -> {});
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            require(connection, checked.head());
            new RestoredRows(connection).load(file);
            connection.commit();
        }
        checked.foot().rows().forEach((table, rows) -> json.words().printf("%-20s %,10d rows%n", table, rows));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("head", checked.head());
        result.put("foot", checked.foot());
        result.put("republication", republish());
        json.write(result);
        return 0;
    }

    private void require(Connection connection, BackupFile.Head head) throws SQLException {
        String there = Registry.version(connection);
        if (there.isEmpty()) {
            throw new CommandException(
                    "must hold the registry's schema, start training-service once: --database=" + database.url());
        }
        if (!there.equals(head.schemaVersion())) {
            throw new CommandException(
                    "must have the backup's schema version " + head.schemaVersion() + ": the database has " + there);
        }
        if (!overwrite && Registry.traces(connection) > 0) {
            throw new CommandException("must be empty, there is a registry; --overwrite puts the backup in its place: "
                    + "--database=" + database.url());
        }
    }

    /** Null if the service is not there; it looks by itself when it starts. */
    private Republication republish() {
        try {
            Republication done = services.client().republish(true);
            json.words()
                    .printf(
                            "published again: %d loops, %d models; taken from the topics: %s%n",
                            done.loops().size(), done.models().size(), done.removed());
            return done;
        } catch (CallException e) {
            json.words()
                    .println("not published again (" + e.getMessage() + "); training-service does so when it starts");
            return null;
        }
    }
}
