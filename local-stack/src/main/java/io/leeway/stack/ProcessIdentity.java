package io.leeway.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process beyond doubt: operating systems give process ids out again, so an id read from a file counts only together
 * with the process's start.
 *
 * @param pid process id
 * @param started the kernel's start count where there is one (clock ticks since boot: no clock step moves it), else the
 *     start in milliseconds since the epoch
 */
public record ProcessIdentity(long pid, long started) {
    private static final Duration KILL_WAIT = Duration.ofSeconds(5);
    private static final int START_TICKS_FIELD = 19;

    public ProcessIdentity {
        if (pid <= 0) {
            throw new IllegalArgumentException("must be > 0: pid=" + pid);
        }
    }

    public static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), startOf(process));
    }

    public static ProcessIdentity current() {
        return of(ProcessHandle.current());
    }

    public boolean alive() {
        return handle().isPresent();
    }

    /** The live process, or nothing if it ended or its id belongs to another process by now. */
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> startOf(process) == started && !isZombie(pid));
    }

    /** Sends the signal, waits, and kills the process if it is still there when {@code grace} is over. */
    public void stop(Signal signal, Duration grace) {
        Optional<ProcessHandle> process = handle();
        if (process.isEmpty()) {
            return;
        }
        signal.sendTo(process.get());
        if (!awaitEnd(process.get(), grace)) {
            process.get().destroyForcibly();
            awaitEnd(process.get(), KILL_WAIT);
        }
    }

    /** Waits through interruptions, since whoever interrupts a start expects the process to be gone afterwards. */
    private boolean awaitEnd(ProcessHandle process, Duration wait) {
        CompletableFuture<ProcessHandle> end = process.onExit();
        long deadline = System.nanoTime() + wait.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    end.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            // A zombie that nobody reaps stays in the process table; it holds neither port nor file.
            return !alive();
        } catch (ExecutionException e) {
            throw new StackException("must be watchable: pid=" + pid, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static long startOf(ProcessHandle process) {
        String[] fields = statFields(process.pid());
        if (fields.length > START_TICKS_FIELD) {
            return Long.parseLong(fields[START_TICKS_FIELD]);
        }
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static boolean isZombie(long pid) {
        String[] fields = statFields(pid);
        return fields.length > 0 && fields[0].equals("Z");
    }

    /** The fields of proc(5)'s stat file from the state on; the command before them may contain anything. */
    private static String[] statFields(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            return new String[0];
        }
    }
}
