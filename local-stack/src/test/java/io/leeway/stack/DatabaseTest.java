package io.leeway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    Path folder;

    @Test
    void isDurableAndKeepsItsRowsWhenStoppedAndWhenKilled() throws Exception {
        try (Database first = start()) {
            assertThat(query(first, "SHOW fsync")).isEqualTo("on");
            assertThat(query(first, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(first, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(query(first, "SHOW server_version")).startsWith("18.");
            assertThat(query(first, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(first, "SELECT current_database() || '/' || current_user"))
                    .isEqualTo("leeway/leeway");
            execute(first, "CREATE TABLE run(name text)");
            execute(first, "INSERT INTO run VALUES ('stopped')");
        }
        try (Database second = start()) {
            execute(second, "INSERT INTO run VALUES ('killed')");
            second.process().kill();
            assertThat(folder.resolve("data/postmaster.pid")).exists();
        }
        try (Database third = start()) {
            assertThat(query(third, "SELECT string_agg(name, ',' ORDER BY name) FROM run"))
                    .isEqualTo("killed,stopped");
        }
        startsWithALockFileThatNamesAnotherProcess();
    }

    private void startsWithALockFileThatNamesAnotherProcess() throws Exception {
        Path lockFile = folder.resolve("data/postmaster.pid");
        long notPostgres = ProcessHandle.current().pid();
        Files.write(
                lockFile,
                List.of(Long.toString(notPostgres), folder.resolve("data").toString(), "0", "1"));
        try (Database fourth = start()) {
            assertThat(query(fourth, "SELECT count(*) FROM run")).isEqualTo("2");
            assertThatThrownBy(this::start)
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("must not be in use: dataDir=")
                    .hasMessageContaining("pid=" + fourth.process().pid());
            assertThat(query(fourth, "SELECT count(*) FROM run")).isEqualTo("2");
        }
    }

    @Test
    void namesATakenPort() {
        int port = Ports.free();
        try (var holder = TakenPort.hold(port)) {
            assertThatThrownBy(() -> Database.start(
                            folder.resolve("data"), holder.port(), folder.resolve("log"), Folders.temporaryCache()))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessage("must be free: port=" + port + " (postgresql)");
        }
    }

    @Test
    void knowsTheArchiveOfEachPlatform() {
        assertThat(PostgresBinaries.archiveName("Linux", "amd64")).isEqualTo("postgres-linux-x86_64.txz");
        assertThat(PostgresBinaries.archiveName("Linux", "aarch64")).isEqualTo("postgres-linux-arm_64.txz");
        assertThat(PostgresBinaries.archiveName("Mac OS X", "aarch64")).isEqualTo("postgres-darwin-arm_64.txz");
    }

    private Database start() {
        return Database.start(
                folder.resolve("data"), Ports.free(), folder.resolve("postgresql.log"), Folders.temporaryCache());
    }

    private static String query(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
