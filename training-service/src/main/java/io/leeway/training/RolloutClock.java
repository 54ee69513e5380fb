package io.leeway.training;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Looks every second which rollouts go on, and lets the time that has passed decide about them. */
@ApplicationScoped
public class RolloutClock {
    private static final Logger LOG = Logger.getLogger(RolloutClock.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final RollOut rollOut;
    private RepeatedLook looks;

    RolloutClock(RollOut rollOut) {
        this.rollOut = rollOut;
    }

    void start(@Observes StartupEvent event) {
        looks = new RepeatedLook(
                "rollouts",
                BETWEEN_LOOKS,
                () -> rollOut.look().forEach(rollOut::decideIfDue),
                e -> LOG.warnf("rollouts cannot be looked at, will try again: %s", e.getMessage()));
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        looks.stop();
    }
}
