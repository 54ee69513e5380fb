package io.leeway.training;

import io.leeway.core.json.JsonObject;
import io.leeway.training.learning.TrainingReport;
import io.leeway.training.learning.TrainingSpec;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Trains in child processes, one for each job, so that threads are set before native code loads, and a crash or lack of memory takes
 * the job and not the service. So many children as configured are kept in reserve, warm: they have loaded the backend before they are
 * needed, which takes longer than a small job. At most so many train at once as configured; others wait. Thread safe.
 */
@ApplicationScoped
class TrainerProcess {
    private static final Logger LOG = Logger.getLogger(TrainerProcess.class);

    private static final long ASK_NANOS = 200_000_000;

    private final TrainingConfig config;
    private final Semaphore places;
    private final Deque<TrainerChild> spares = new ArrayDeque<>();
    private boolean keeping;
    private volatile String computesOn;

    TrainerProcess(TrainingConfig config) {
        this.config = config;
        this.places = new Semaphore(config.trainer().processes(), true);
    }

    void start(@Observes StartupEvent event) {
        synchronized (spares) {
            keeping = true;
        }
        keepSpares();
        Thread asking = new Thread(this::askFirst, "trainer-backend");
        asking.setDaemon(true);
        asking.start();
    }

    /** What trainers compute on, in words, as the first of them in reserve has said; empty until then. */
    Optional<String> computesOn() {
        return Optional.ofNullable(computesOn);
    }

    /** Whoever runs the service learns from its log what it trains on before the first job, or why it cannot. */
    private void askFirst() {
        TrainerChild first;
        synchronized (spares) {
            first = spares.peek();
        }
        while (first != null && first.isAlive() && computesOn == null) {
            first.ready().ifPresent(this::state);
            LockSupport.parkNanos(ASK_NANOS);
        }
    }

    private void state(JsonObject ready) {
        if (ready.has("refused")) {
            computesOn = "nothing: " + ready.text("refused");
            LOG.warnf("no trainer can compute networks here: %s", ready.text("refused"));
        } else {
            long threads = ready.integer("threads");
            computesOn = ready.text("backend") + ", " + threads + (threads == 1 ? " thread" : " threads");
            LOG.infof("trainers compute on %s", computesOn);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        synchronized (spares) {
            keeping = false;
            spares.forEach(TrainerChild::close);
            spares.clear();
        }
    }

    /**
     * Blocks until the child has ended; an interrupt ends the child.
     *
     * @param folder where the specification goes
     * @param progress is given the child's progress lines, on this thread
     * @throws TrainerFailedException if there is no candidate
     */
    TrainingReport train(TrainingSpec spec, Path folder, Consumer<Map<?, ?>> progress) throws InterruptedException {
        places.acquire();
        try {
            Path specification = folder.resolve("specification.json");
            spec.write(specification);
            try (TrainerChild child = child()) {
                child.train(specification, config.trainer().timeout().toNanos(), progress);
            }
            return TrainingReport.read(spec.report());
        } finally {
            places.release();
            // Only now: starting one takes a processor for seconds, which the job could use.
            keepSpares();
        }
    }

    /** Process ids of those in reserve. */
    List<Long> spares() {
        synchronized (spares) {
            return spares.stream().map(TrainerChild::pid).toList();
        }
    }

    /** A warm one if there is one. */
    private TrainerChild child() {
        synchronized (spares) {
            for (TrainerChild spare = spares.poll(); spare != null; spare = spares.poll()) {
                if (spare.isAlive()) {
                    return spare;
                }
                spare.close();
            }
        }
        return start();
    }

    private void keepSpares() {
        synchronized (spares) {
            try {
                while (keeping && spares.size() < config.trainer().spares()) {
                    spares.add(start());
                }
            } catch (TrainerFailedException e) {
                LOG.warnf("no trainer is kept in reserve: %s", e.getMessage());
            }
        }
    }

    private TrainerChild start() {
        Path nativeFolder = config.stateDir().resolve("javacpp");
        Path log = config.stateDir().resolve("trainers").resolve(UUID.randomUUID() + ".log");
        try {
            Files.createDirectories(nativeFolder);
        } catch (IOException e) {
            throw new UncheckedIOException("must be a folder that can be made: " + nativeFolder, e);
        }
        return TrainerChild.start(
                TrainerCommand.of(config.trainer().heap().asLongValue(), nativeFolder),
                config.trainer().threads(),
                config.trainer().engine(),
                log);
    }
}
