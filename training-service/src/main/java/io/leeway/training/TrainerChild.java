package io.leeway.training;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonException;
import io.leeway.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A child process that trains once. It warms up as soon as it is started and then waits for its job on standard input, whose end
 * also ends it. Used by one thread at a time, but for {@link #ready}.
 */
final class TrainerChild implements AutoCloseable {
    private static final int EXIT_OUT_OF_MEMORY = 3;
    private static final int KILLED = 137;

    private final Process process;
    private final Path log;
    private boolean given;

    private TrainerChild(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param engine what computes networks
     * @param log where its standard error goes; deleted in the end
     */
    static TrainerChild start(List<String> command, int threads, String engine, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
        // Threads that spin while they wait take the processor from the one that they wait for, where others want it
        // too.
        builder.environment().put("OMP_WAIT_POLICY", "passive");
        builder.environment().put("LEEWAY_TRAINER_ENGINE", engine);
        builder.redirectError(log.toFile());
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            return new TrainerChild(builder.start(), log);
        } catch (IOException e) {
            throw new TrainerFailedException("the trainer could not be started: " + e.getMessage(), e, true);
        }
    }

    /** Whether it can still be given a job. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** What it says once it is warm; empty before that, and after it was given its job. */
    synchronized Optional<JsonObject> ready() {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        try {
            while (!given && lines.ready()) {
                if (Json.read(lines.readLine()) instanceof Map<?, ?> line && "ready".equals(line.get("phase"))) {
                    return Optional.of(JsonObject.of(line));
                }
            }
        } catch (IOException | JsonException e) {
            // A child that is no more, or another's line: it has nothing to say.
        }
        return Optional.empty();
    }

    long pid() {
        return process.pid();
    }

    /**
     * Gives it its job and blocks until it has ended.
     *
     * @param nanos after which it is given up
     * @throws TrainerFailedException if it did not end well
     */
    void train(Path specification, long nanos, Consumer<Map<?, ?>> progress) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        give(specification);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            while (process.isAlive() || lines.ready()) {
                if (lines.ready()) {
                    tell(lines.readLine(), progress);
                } else if (System.nanoTime() > deadline) {
                    throw new TrainerFailedException(
                            "the trainer took longer than " + TimeUnit.NANOSECONDS.toMillis(nanos) / 1e3 + " s");
                } else {
                    process.waitFor(20, TimeUnit.MILLISECONDS);
                }
            }
        } catch (IOException e) {
            throw new TrainerFailedException("the trainer could not be read: " + e.getMessage(), e, true);
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new TrainerFailedException(reason(status), null, status == KILLED);
        }
    }

    /** The stream stays open: its end is how the child learns that this process is gone. */
    private synchronized void give(Path specification) {
        given = true;
        Writer in = process.outputWriter(StandardCharsets.UTF_8);
        try {
            in.write(specification.toAbsolutePath() + "\n");
            in.flush();
        } catch (IOException e) {
            // It has ended already; its exit status says why.
        }
    }

    private static void tell(String line, Consumer<Map<?, ?>> progress) {
        try {
            if (Json.read(line) instanceof Map<?, ?> map && !"ready".equals(map.get("phase"))) {
                progress.accept(map);
            }
        } catch (JsonException e) {
            // A line of somebody else's; the log has everything that matters.
        }
    }

    private String reason(int status) {
        if (status == EXIT_OUT_OF_MEMORY) {
            return "the trainer ran out of memory; training-service.trainer.heap sets its heap";
        }
        if (status == KILLED) {
            return "the trainer was killed (exit status 137), perhaps for lack of memory";
        }
        return "the trainer failed with exit status " + status + ": " + lastLine();
    }

    private String lastLine() {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank()).reduce("", (first, second) -> second);
        } catch (IOException e) {
            return "no log";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            // Left for whoever tidies the folder.
        }
    }
}
