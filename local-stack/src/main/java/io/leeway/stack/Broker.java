package io.leeway.stack;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A real Kafka broker in a process of its own, on the loopback address, with data that survive restarts. Thread safe.
 *
 * <p>One node: replication factor 1 throughout, so durability is that of the disk below {@code dataDir}.
 */
public final class Broker implements AutoCloseable {
    public static final String NAME = "kafka";
    static final int HEAP_MEGABYTES = 400;

    private static final Duration START_DEADLINE = Duration.ofSeconds(90);
    /** Long, since a broker that is killed over its stop has to check its logs at the next start. */
    static final Duration STOP_GRACE = Duration.ofSeconds(60);

    private final ChildProcess process;
    private final int port;

    private Broker(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it answers requests.
     *
     * @param dataDir kept between runs; belongs to one broker at a time
     * @param cacheDir where the JVM keeps loaded classes for a quicker next start
     * @param jvmOptions further options of its JVM
     * @throws PortTakenException if another process listens on the port
     * @throws StackException if it ends, or is not ready in time; with the end of its log
     */
    public static Broker start(Path dataDir, int port, Path logFile, Path cacheDir, List<String> jvmOptions) {
        Ports.requireFree(port, NAME);
        Path settings = writeSettings(dataDir.toAbsolutePath(), port);
        String classPath = JavaCommand.classPath();
        ClassArchive archive = ClassArchive.of(Folders.make(cacheDir), NAME, classPath);
        List<String> command = new ArrayList<>(JavaCommand.start(HEAP_MEGABYTES));
        command.addAll(jvmOptions);
        command.addAll(archive.options());
        command.add("-Dslf4j.provider=" + PlainLogging.class.getName());
        command.add("-Dslf4j.internal.verbosity=WARN");
        command.add("-D" + PlainLogging.LEVEL_PROPERTY + "=WARN");
        command.addAll(List.of("-cp", classPath, BrokerMain.class.getName(), settings.toString()));
        ChildProcess process = ChildProcess.start(NAME, command, Map.of(), logFile, Signal.TERM);
        process.afterGoodStop(archive::keep);
        try {
            awaitReady(process, port);
        } catch (RuntimeException e) {
            process.stop(ChildProcess.FAILED_START_GRACE);
            throw e;
        }
        return new Broker(process, port);
    }

    /** As the other, with the usual options. */
    public static Broker start(Path dataDir, int port, Path logFile, Path cacheDir) {
        return start(dataDir, port, logFile, cacheDir, List.of());
    }

    public String bootstrapServers() {
        return Ports.HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    public ChildProcess process() {
        return process;
    }

    /** Stops the broker in good order: it writes its logs out first. */
    @Override
    public void close() {
        process.stop(STOP_GRACE);
    }

    private static Path writeSettings(Path dataDir, int port) {
        Properties settings = BrokerSettings.of(dataDir, port, Ports.free());
        Path file = dataDir.resolve("broker.properties");
        try {
            Files.createDirectories(dataDir);
            try (Writer writer = Files.newBufferedWriter(file)) {
                settings.store(writer, "Written at each start.");
            }
        } catch (IOException e) {
            throw new StackException("must be writable: dataDir=" + dataDir, e);
        }
        return file;
    }

    private static void awaitReady(ChildProcess process, int port) {
        Waiting.until(
                "kafka listening",
                START_DEADLINE,
                () -> process.requireAlive() && Ports.isListening(port),
                process::describeLog);
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, Ports.HOST + ":" + port))) {
            Waiting.until(
                    "kafka ready",
                    START_DEADLINE,
                    () -> process.requireAlive() && answers(admin),
                    process::describeLog);
        }
    }

    /** The port opens before the controller has let the broker in; only then do topics and groups work. */
    private static boolean answers(Admin admin) {
        try {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting for kafka", e);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
