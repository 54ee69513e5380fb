package io.leeway.cli.backup;

import io.leeway.cli.Root;
import io.leeway.stack.Database;
import io.leeway.stack.RunningStack;
import io.leeway.stack.StackPlan;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Where the database is that holds the registry. */
public final class DatabaseOption {
    private static final String PASSWORD_VARIABLE = "QUARKUS_DATASOURCE_PASSWORD";
    private static final String LOCAL = "leeway";

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "JDBC address of the database, jdbc:postgresql://HOST:PORT/NAME. Without it: that of the stack that"
                            + " ./leeway up started, or localhost's default port.")
    private String url;

    @Option(names = "--user", paramLabel = "NAME", description = "Who reads and writes there; default leeway.")
    private String user;

    /** As it would be given. */
    String url() {
        return url != null
                ? url
                : RunningStack.find(Root.path().resolve(StackPlan.FOLDER))
                        .map(stack -> stack.state().jdbcUrl())
                        .orElse("jdbc:postgresql://localhost:5433/" + Database.DATABASE);
    }

    /** The password comes from the services' own variable, so that it is in no list of processes. */
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        String password = System.getenv(PASSWORD_VARIABLE);
        properties.setProperty("user", user == null ? LOCAL : user);
        properties.setProperty("password", password == null ? LOCAL : password);
        Connection connection = DriverManager.getConnection(url(), properties);
        try (Statement statement = connection.createStatement()) {
            // Times are written alike wherever a backup is made.
            statement.execute("set time zone 'UTC'");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
