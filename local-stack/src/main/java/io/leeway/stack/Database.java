package io.leeway.stack;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL in a process of its own, on the loopback address, with durable settings and data that survive
 * restarts and kills. Thread safe.
 */
public final class Database implements AutoCloseable {
    public static final String NAME = "postgresql";
    public static final String DATABASE = "leeway";
    public static final String USER = "leeway";
    public static final String PASSWORD = "leeway";

    private static final Duration START_DEADLINE = Duration.ofSeconds(120);
    static final Duration STOP_GRACE = Duration.ofSeconds(30);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 4;

    private final ChildProcess process;
    private final int port;

    private Database(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a server and returns when its database {@value #DATABASE} takes connections.
     *
     * @param dataDir kept between runs; belongs to one server at a time; made on the first start
     * @param cacheDir where the programs are unpacked once
     * @throws PortTakenException if another process listens on the port
     * @throws StackException if it ends, or is not ready in time; with the end of its log
     */
    public static Database start(Path dataDir, int port, Path logFile, Path cacheDir) {
        Ports.requireFree(port, NAME);
        PostgresDirectory directory =
                new PostgresDirectory(dataDir.toAbsolutePath(), PostgresBinaries.unpack(cacheDir), logFile);
        directory.prepare(USER, PASSWORD);
        ChildProcess process = startProcess(directory, port, logFile);
        Database database = new Database(process, port);
        try {
            database.createDatabase();
        } catch (SQLException e) {
            database.close();
            throw new StackException("must be creatable: database=" + DATABASE + "; " + process.describeLog(), e);
        }
        return database;
    }

    public String jdbcUrl() {
        return url(DATABASE);
    }

    public int port() {
        return port;
    }

    public ChildProcess process() {
        return process;
    }

    /** A new connection to the database {@value #DATABASE}. */
    public Connection connect() throws SQLException {
        return connect(port, DATABASE);
    }

    /** Disconnects all clients, writes a checkpoint and stops the server. */
    @Override
    public void close() {
        process.stop(STOP_GRACE);
    }

    /**
     * Backends of a killed server live on for a moment and hold its shared memory; the next server then ends at once,
     * rightly, so it is tried again.
     */
    private static ChildProcess startProcess(PostgresDirectory directory, int port, Path logFile) {
        for (int attempt = 1; ; attempt++) {
            directory.requireUnused();
            ChildProcess process =
                    ChildProcess.start(NAME, command(directory, port), Map.of("PGTZ", "UTC"), logFile, Signal.INT);
            try {
                Waiting.until(
                        "postgresql ready",
                        START_DEADLINE,
                        () -> process.requireAlive() && accepts(port),
                        process::describeLog);
                return process;
            } catch (StackException e) {
                boolean ended = !process.alive();
                process.stop(ChildProcess.FAILED_START_GRACE);
                if (!ended || attempt == ATTEMPTS) {
                    throw e;
                }
                Waiting.pause(RETRY_PAUSE);
            }
        }
    }

    private static List<String> command(PostgresDirectory directory, int port) {
        List<String> command = new ArrayList<>(directory.program("postgres"));
        command.addAll(List.of("-D", directory.dataDir().toString(), "-p", Integer.toString(port)));
        Map<String, String> settings = Map.of(
                "listen_addresses", Ports.HOST,
                "unix_socket_directories", "",
                "fsync", "on",
                "synchronous_commit", "on",
                "full_page_writes", "on",
                "max_connections", "150",
                "timezone", "UTC",
                "log_timezone", "UTC");
        settings.forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        return command;
    }

    private static boolean accepts(int port) {
        try (Connection connection = connect(port, "postgres")) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = connect(port, "postgres");
                Statement statement = connection.createStatement()) {
            boolean missing;
            try (ResultSet found =
                    statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                missing = !found.next();
            }
            if (missing) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    private static Connection connect(int port, String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {Ports.HOST});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setConnectTimeout(5);
        return source.getConnection();
    }

    private String url(String database) {
        return "jdbc:postgresql://" + Ports.HOST + ":" + port + "/" + database;
    }
}
