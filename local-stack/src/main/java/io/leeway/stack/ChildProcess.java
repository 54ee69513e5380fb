package io.leeway.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that this one started, with its output in a log file. Thread safe.
 *
 * <p>It runs in a session of its own where the system has {@code setsid}: Ctrl-C reaches only the supervisor, which then
 * stops its children in order. Should the supervisor be killed, a {@link Watchdog} ends the children.
 */
public final class ChildProcess {
    /** For a process that did not become ready in time, or is no longer wanted. */
    static final Duration FAILED_START_GRACE = Duration.ofSeconds(5);

    private static final int TERMINATED = 128 + 15;
    private static final long LOG_BYTES = 16L << 20;
    private static final int TAIL_LINES = 15;

    private final String name;
    private final Process process;
    private final ProcessIdentity identity;
    private final Path logFile;
    private final Instant startedAt;
    private final Signal stopSignal;
    private volatile Runnable afterGoodStop = () -> {};

    private ChildProcess(String name, Process process, Path logFile, Signal stopSignal) {
        this.name = name;
        this.process = process;
        this.identity = ProcessIdentity.of(process.toHandle());
        this.logFile = logFile;
        this.startedAt = Instant.now();
        this.stopSignal = stopSignal;
    }

    /**
     * Starts a command.
     *
     * @param environment added to this process's own
     * @param logFile takes standard output and error, appended; set aside as {@code .1} when it has grown large
     */
    public static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path logFile, Signal stopSignal) {
        List<String> detached = new ArrayList<>(Tool.SETSID.isPresent() ? List.of("setsid") : List.of());
        detached.addAll(command);
        try {
            Files.createDirectories(logFile.toAbsolutePath().getParent());
            rotate(logFile);
            ProcessBuilder builder = new ProcessBuilder(detached)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            Watchdog.watch(process, stopSignal);
            return new ChildProcess(name, process, logFile, stopSignal);
        } catch (IOException e) {
            throw new StackException("must be startable: " + name + ", command=" + command.get(0), e);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public ProcessIdentity identity() {
        return identity;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public Path logFile() {
        return logFile;
    }

    public Signal stopSignal() {
        return stopSignal;
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Runs the action when the process has ended, for whatever reason; at once if it has already. */
    public void onExit(Runnable action) {
        process.onExit().thenRun(action);
    }

    /** What to do once {@link #stop} has ended the process in good order. */
    void afterGoodStop(Runnable action) {
        afterGoodStop = action;
    }

    /** Asks the process to end and kills it if it has not when {@code grace} is over. Harmless when it has ended. */
    public void stop(Duration grace) {
        boolean running = alive();
        identity.stop(stopSignal, grace);
        if (running && endedInGoodOrder()) {
            afterGoodStop.run();
        }
    }

    private boolean endedInGoodOrder() {
        try {
            return process.waitFor(1, TimeUnit.SECONDS)
                    && (process.exitValue() == 0 || process.exitValue() == TERMINATED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the process without asking, as a power failure would. */
    public void kill() {
        identity.handle().ifPresent(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    /** True, or an exception with the last lines of the log if the process has ended. */
    boolean requireAlive() {
        if (!alive()) {
            throw new StackException(
                    "must stay up: " + name + ", exitStatus=" + process.exitValue() + "; " + describeLog());
        }
        return true;
    }

    String describeLog() {
        return "end of " + logFile + ":\n" + logTail(TAIL_LINES);
    }

    /** The last lines of the log, or an empty string if there is none yet. */
    public String logTail(int lines) {
        try {
            // Not readAllLines: a log may hold bytes that are not UTF-8.
            List<String> all = new String(Files.readAllBytes(logFile), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "";
        }
    }

    private static void rotate(Path logFile) {
        try {
            if (Files.exists(logFile) && Files.size(logFile) > LOG_BYTES) {
                Files.move(
                        logFile,
                        logFile.resolveSibling(logFile.getFileName() + ".1"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
