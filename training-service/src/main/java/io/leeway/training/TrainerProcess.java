package io.leeway.training;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonException;
import io.leeway.training.learning.TrainingReport;
import io.leeway.training.learning.TrainingSpec;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Trains in a child process, so that its threads are set before native code loads, and a crash or lack of memory takes the job and
 * not the service. At most so many at once as configured; others wait. Thread safe.
 */
@ApplicationScoped
class TrainerProcess {
    private static final int EXIT_OUT_OF_MEMORY = 3;
    private static final int KILLED = 137;

    private final TrainingConfig config;
    private final Semaphore places;

    TrainerProcess(TrainingConfig config) {
        this.config = config;
        this.places = new Semaphore(config.trainer().processes(), true);
    }

    /**
     * Blocks until the child has ended; an interrupt ends the child.
     *
     * @param folder where the specification and the child's log go
     * @param progress is given the child's progress lines, on this thread
     * @throws TrainerFailedException if there is no candidate
     */
    TrainingReport train(TrainingSpec spec, Path folder, Consumer<Map<?, ?>> progress) throws InterruptedException {
        places.acquire();
        try {
            Path specification = folder.resolve("specification.json");
            spec.write(specification);
            Path log = folder.resolve("trainer.log");
            Process child = start(specification, log);
            try {
                await(child, progress, log);
            } finally {
                child.destroyForcibly();
            }
            return TrainingReport.read(spec.report());
        } finally {
            places.release();
        }
    }

    private Process start(Path specification, Path log) {
        Path nativeFolder = config.stateDir().resolve("javacpp");
        List<String> command =
                TrainerCommand.of(specification, config.trainer().heap().asLongValue(), nativeFolder);
        ProcessBuilder builder = new ProcessBuilder(command);
        String threads = Integer.toString(config.trainer().threads());
        builder.environment().put("OMP_NUM_THREADS", threads);
        builder.environment().put("OPENBLAS_NUM_THREADS", threads);
        builder.redirectError(log.toFile());
        try {
            Files.createDirectories(nativeFolder);
            return builder.start();
        } catch (IOException e) {
            throw new TrainerFailedException("the trainer could not be started: " + e.getMessage(), e);
        }
    }

    private void await(Process child, Consumer<Map<?, ?>> progress, Path log) throws InterruptedException {
        long deadline = System.nanoTime() + config.trainer().timeout().toNanos();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            while (child.isAlive() || lines.ready()) {
                if (lines.ready()) {
                    tell(lines.readLine(), progress);
                } else if (System.nanoTime() > deadline) {
                    throw new TrainerFailedException("the trainer took longer than "
                            + config.trainer().timeout().toSeconds() + " s");
                } else {
                    child.waitFor(20, TimeUnit.MILLISECONDS);
                }
            }
        } catch (IOException e) {
            throw new TrainerFailedException("the trainer could not be read: " + e.getMessage(), e);
        }
        int status = child.waitFor();
        if (status != 0) {
            throw new TrainerFailedException(reason(status, log));
        }
    }

    private static void tell(String line, Consumer<Map<?, ?>> progress) {
        try {
            if (Json.read(line) instanceof Map<?, ?> map) {
                progress.accept(map);
            }
        } catch (JsonException e) {
            // A line of somebody else's; the log has everything that matters.
        }
    }

    private static String reason(int status, Path log) {
        if (status == EXIT_OUT_OF_MEMORY) {
            return "the trainer ran out of memory; training-service.trainer.heap sets its heap";
        }
        if (status == KILLED) {
            return "the trainer was killed (exit status 137), perhaps for lack of memory";
        }
        return "the trainer failed with exit status " + status + ": " + lastLine(log);
    }

    private static String lastLine(Path log) {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank()).reduce("", (first, second) -> second);
        } catch (IOException e) {
            return "no log";
        }
    }
}
