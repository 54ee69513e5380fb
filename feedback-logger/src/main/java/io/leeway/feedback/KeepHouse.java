package io.leeway.feedback;

import io.leeway.contracts.Loop;
import io.leeway.kit.LoopDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Makes room for what comes and drops what is old, from time to time. Every instance does; one at a time. */
@Singleton
public class KeepHouse {
    private static final Logger LOG = Logger.getLogger(KeepHouse.class);

    private final Retention retention;
    private final DatasetsRead datasetsRead;
    private final LoopDirectory loops;
    private final FeedbackLoggerConfig.Retention config;
    private final MeterRegistry meters;
    private final Clock clock;
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "keep-house");
        thread.setDaemon(true);
        return thread;
    });

    /** Whether everything that has been said of registered models has been read. */
    public interface DatasetsRead {
        boolean done();
    }

    KeepHouse(
            Retention retention,
            DatasetsRead datasetsRead,
            LoopDirectory loops,
            FeedbackLoggerConfig config,
            MeterRegistry meters,
            Clock clock) {
        this.retention = retention;
        this.datasetsRead = datasetsRead;
        this.loops = loops;
        this.config = config.retention();
        this.meters = meters;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        rounds.scheduleWithFixedDelay(this::round, 0, config.every().toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.shutdownNow();
    }

    private void round() {
        try {
            Instant now = clock.instant();
            retention.makeRoom(now, now.plus(config.ahead()));
            drop(now);
        } catch (ProjectionUnavailableException e) {
            LOG.warnf("house-keeping has to wait: %s", e.getMessage());
        } catch (RuntimeException e) {
            // An executor would never come back.
            LOG.errorf(e, "house-keeping failed; the next round is in %s", config.every());
        }
    }

    /** One round of dropping; nothing while it is not known what models need. */
    public Retention.Dropped drop(Instant now) {
        boolean anything = config.keep().isPresent()
                || loops.all().stream().anyMatch(loop -> loop.settings().log().retention() != null);
        if (!anything || !datasetsRead.done()) {
            return Retention.Dropped.NOTHING;
        }
        Set<String> existing = loops.all().stream().map(Loop::name).collect(Collectors.toSet());
        Retention.Dropped dropped = retention.drop(this::kept, existing, now);
        meters.counter("leeway.feedback.retention.dropped.weeks").increment(dropped.weeks());
        if (dropped.loopWeeks() > 0) {
            LOG.infof(
                    "%d weeks of loops have been dropped for their age, %d are held by snapshots and models",
                    dropped.loopWeeks(), dropped.held());
        }
        return dropped;
    }

    private Optional<Duration> kept(String loop) {
        return loops.find(loop).map(known -> known.settings().log().retention()).or(config::keep);
    }
}
