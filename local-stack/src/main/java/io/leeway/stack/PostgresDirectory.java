package io.leeway.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A PostgreSQL data directory and the programs that work on it. Not thread safe.
 *
 * @param dataDir absolute; made by {@link #prepare}
 * @param home folder of the unpacked programs
 */
record PostgresDirectory(Path dataDir, Path home, Path logFile) {
    private static final String MAJOR_VERSION = "18";
    private static final Duration INITDB_DEADLINE = Duration.ofSeconds(120);

    /** The command of one of PostgreSQL's programs, with what it takes to run it as root. */
    List<String> program(String name) {
        List<String> command = new ArrayList<>(Unprivileged.prefix(dataDir));
        command.add(home.resolve("bin").resolve(name).toString());
        return command;
    }

    /** Makes the data directory if it is missing; it appears complete or not at all. */
    void prepare(String user, String password) {
        try {
            if (Files.exists(dataDir.resolve("PG_VERSION"))) {
                requireVersion();
                return;
            }
            Path part = dataDir.resolveSibling(dataDir.getFileName() + ".initdb");
            Folders.deleteTree(part);
            Files.createDirectories(part);
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwx------"));
            new PostgresDirectory(part, home, logFile).initialise(user, password);
            if (Files.isDirectory(dataDir)) {
                Files.delete(dataDir); // fails, rightly, when it holds something that is not ours
            }
            Files.move(part, dataDir, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackException("must be writable: dataDir=" + dataDir, e);
        }
    }

    /**
     * Throws if a server runs on the directory, and removes a lock file whose process id belongs to something else by
     * now (after a reboot, or in a new container): PostgreSQL would take that process for a server.
     */
    void requireUnused() {
        Path lockFile = dataDir.resolve("postmaster.pid");
        Optional<ProcessHandle> holder = lockHolder(lockFile);
        if (holder.isEmpty()) {
            return;
        }
        if (isPostgres(holder.get())) {
            throw new StackException("must not be in use: dataDir=" + dataDir + ", pid="
                    + holder.get().pid());
        }
        try {
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            throw new StackException("must be removable: " + lockFile, e);
        }
    }

    private void initialise(String user, String password) throws IOException {
        Path passwordFile = Files.createTempFile(dataDir.getParent(), "initdb", ".password");
        try {
            // Group and others need no access under a user namespace; without one, nobody must read it.
            Files.writeString(passwordFile, password + "\n");
            List<String> command = new ArrayList<>(program("initdb"));
            if (command.contains("setpriv")) {
                Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-r--r--"));
            }
            command.addAll(List.of("-D", dataDir.toString(), "-U", user, "--pwfile=" + passwordFile));
            command.addAll(List.of("-A", "scram-sha-256", "-E", "UTF8"));
            // The same order of text on every machine, whatever locales it has.
            command.addAll(List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
            ChildProcess process = ChildProcess.start("initdb", command, Map.of("TZ", "UTC"), logFile, Signal.INT);
            Waiting.until("initdb done", INITDB_DEADLINE, () -> !process.alive(), process::describeLog);
            if (!Files.exists(dataDir.resolve("PG_VERSION"))) {
                throw new StackException("must succeed: initdb; " + process.describeLog());
            }
        } finally {
            Files.delete(passwordFile);
        }
    }

    private void requireVersion() throws IOException {
        String version = Files.readString(dataDir.resolve("PG_VERSION")).strip();
        if (!version.equals(MAJOR_VERSION)) {
            throw new StackException("must be " + MAJOR_VERSION + ": version=" + version + ", dataDir=" + dataDir);
        }
    }

    private static Optional<ProcessHandle> lockHolder(Path lockFile) {
        try {
            long pid = Long.parseLong(Files.readAllLines(lockFile).get(0).strip());
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.contains("postgres"))
                .orElse(false);
    }
}
