package io.leeway.stack.testing;

import io.leeway.stack.Broker;
import io.leeway.stack.ChildProcess;
import io.leeway.stack.Database;
import io.leeway.stack.Folders;
import io.leeway.stack.Ports;
import io.leeway.stack.TopicSetup;
import java.nio.file.Path;
import java.util.List;

/** Broker and database as processes on free ports, with fresh data below the module's {@code target}. */
final class ProcessBackend implements LocalStack.Backend {
    private final Path home = Folders.ofThisProcess(Path.of("target", "test-stack"));

    @Override
    public String startBroker() {
        Broker broker = Broker.start(
                home.resolve("kafka"),
                Ports.free(),
                home.resolve("logs/kafka.log"),
                Folders.temporaryCache(),
                List.of("-XX:TieredStopAtLevel=1"));
        endWithThisProcess(broker.process());
        TopicSetup.create(broker.bootstrapServers());
        return broker.bootstrapServers();
    }

    @Override
    public String startDatabase() {
        Database database = Database.start(
                home.resolve("postgresql"),
                Ports.free(),
                home.resolve("logs/postgresql.log"),
                Folders.temporaryCache());
        endWithThisProcess(database.process());
        return database.jdbcUrl();
    }

    /** The data are thrown away, so nothing is gained by an orderly stop. */
    private static void endWithThisProcess(ChildProcess process) {
        Runtime.getRuntime().addShutdownHook(new Thread(process::kill, "stop-" + process.name()));
    }
}
