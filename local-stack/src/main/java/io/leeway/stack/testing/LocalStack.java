package io.leeway.stack.testing;

import io.leeway.stack.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where a test run's broker and database are: one of each per JVM, started on first use, stopped when the JVM ends.
 * Thread safe.
 *
 * <p>With {@code -Dcontainers} they run in Docker, otherwise as processes of their own from Maven artifacts.
 *
 * @param bootstrapServers host:port of the broker; its topics exist
 * @param jdbcUrl of the database, or an empty string if none was asked for
 */
public record LocalStack(String bootstrapServers, String jdbcUrl) {
    public static final String USER = Database.USER;
    public static final String PASSWORD = Database.PASSWORD;

    /**
     * Kept as system properties, because each restart of Quarkus loads this class anew: a static field would start
     * another broker.
     */
    private static final String BROKER_PROPERTY = "leeway.testing.bootstrapServers";

    private static final String DATABASE_PROPERTY = "leeway.testing.jdbcUrl";

    /** Broker and database. */
    public static LocalStack shared() {
        synchronized (Runtime.getRuntime()) {
            return new LocalStack(broker(), database());
        }
    }

    /** The broker alone, for modules that use no database. */
    public static LocalStack sharedBroker() {
        synchronized (Runtime.getRuntime()) {
            return new LocalStack(broker(), "");
        }
    }

    /** What the environment of a service says about the two. */
    public Map<String, String> environment() {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers,
                "QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl,
                "QUARKUS_DATASOURCE_USERNAME", USER,
                "QUARKUS_DATASOURCE_PASSWORD", PASSWORD);
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, USER, PASSWORD);
    }

    private static String broker() {
        return started(BROKER_PROPERTY, backend()::startBroker);
    }

    private static String database() {
        return started(DATABASE_PROPERTY, backend()::startDatabase);
    }

    private static String started(String property, Supplier<String> start) {
        String known = System.getProperty(property);
        if (known != null) {
            return known;
        }
        String address = start.get();
        System.setProperty(property, address);
        return address;
    }

    private static Backend backend() {
        String containers = System.getProperty("containers", "false");
        return containers.equals("false") ? new ProcessBackend() : new ContainerBackend();
    }

    /** What starts a broker with its topics, or a database, and returns its address. */
    interface Backend {
        String startBroker();

        String startDatabase();
    }
}
