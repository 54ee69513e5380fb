package io.leeway.training;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Claims jobs and runs them on threads of its own, and keeps their leases alive. A job whose lease cannot be kept (its loop was
 * deleted, say) is interrupted; when the service stops, its jobs are given back at once.
 */
@ApplicationScoped
public class JobDispatcher {
    private static final Logger LOG = Logger.getLogger(JobDispatcher.class);
    private static final Duration BETWEEN_ASKING = Duration.ofSeconds(1);

    private final Jobs jobs;
    private final RunJob runJob;
    private final StopJobs stopJobs;
    private final AskByItself asking;
    private final TrainingConfig.JobsConfig config;
    private final Clock clock;
    /** By owner, of which each claim has one of its own: if a lease runs out here, the job's next run is not taken for this one. */
    private final Map<String, Held> running = new ConcurrentHashMap<>();

    private ExecutorService threads;
    private Thread dispatcher;
    private volatile boolean stopped;
    private Instant leasesKept = Instant.MIN;
    private Instant asked = Instant.MIN;

    JobDispatcher(
            Jobs jobs,
            RunJob runJob,
            StopJobs stopJobs,
            AskByItself asking,
            TrainingConfig config,
            Clock clock,
            MeterRegistry meters) {
        this.jobs = jobs;
        this.runJob = runJob;
        this.stopJobs = stopJobs;
        this.asking = asking;
        this.config = config.jobs();
        this.clock = clock;
        meters.gaugeMapSize("leeway.training.jobs.running", java.util.List.of(), running);
    }

    private record Held(String jobId, Future<?> run) {}

    void start(@Observes StartupEvent event) {
        threads = Executors.newFixedThreadPool(config.slots(), runnable -> daemon(runnable, "job"));
        dispatcher = daemon(this::dispatch, "jobs");
        dispatcher.start();
    }

    /** Before the pools that the jobs use are closed. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        stopped = true;
        dispatcher.interrupt();
        dispatcher.join(TimeUnit.SECONDS.toMillis(5));
        threads.shutdownNow();
        if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
            LOG.warnf("jobs still running at the end: %s", running.values());
        }
        running.forEach((owner, held) -> jobs.giveBack(held.jobId(), owner, clock.instant()));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void dispatch() {
        while (!stopped) {
            try {
                keepLeases();
                interruptStopped();
                askByTheClock();
                if (running.size() >= config.slots() || !claim()) {
                    TimeUnit.NANOSECONDS.sleep(config.look().toNanos());
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("the queue of jobs cannot be read, will try again: %s", e.getMessage());
                pause();
            }
        }
    }

    private boolean claim() {
        Instant now = clock.instant();
        String owner = UUID.randomUUID().toString();
        Optional<TrainingJob> claimed = jobs.claim(owner, now, now.plus(config.lease()));
        claimed.ifPresent(job -> {
            LOG.infof("job %s of loop %s begins, attempt %d", job.jobId(), job.loop(), job.attempts());
            // Submitted under the map's lock, so that a short job cannot remove itself before it is in there.
            running.compute(owner, (key, none) -> new Held(job.jobId(), threads.submit(() -> run(job, owner))));
        });
        return claimed.isPresent();
    }

    private void run(TrainingJob job, String owner) {
        try {
            runJob.run(job, owner);
        } catch (RuntimeException e) {
            LOG.errorf(e, "job %s of loop %s is left to its lease", job.jobId(), job.loop());
        } finally {
            if (!stopped) {
                running.remove(owner);
            }
        }
    }

    private void keepLeases() {
        Instant now = clock.instant();
        if (leasesKept.plus(config.lease().dividedBy(3)).isAfter(now)) {
            return;
        }
        leasesKept = now;
        running.forEach((owner, held) -> {
            if (!held.run().isDone() && !jobs.extend(held.jobId(), owner, now.plus(config.lease()))) {
                held.run().cancel(true);
            }
        });
    }

    /** A job that was cancelled, given up or taken over ends here at once, not when it next tries to save. */
    private void interruptStopped() {
        if (!running.isEmpty()) {
            Set<String> holding = jobs.holding(Set.copyOf(running.keySet()));
            running.forEach((owner, held) -> {
                if (!holding.contains(owner) && !held.run().isDone()) {
                    held.run().cancel(true);
                }
            });
        }
    }

    private void askByTheClock() {
        Instant now = clock.instant();
        if (asked.plus(BETWEEN_ASKING).isBefore(now)) {
            asked = now;
            jobs.late(now).forEach(job -> stopJobs.giveUpIfLate(job.jobId()));
            asking.byTheClock();
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
