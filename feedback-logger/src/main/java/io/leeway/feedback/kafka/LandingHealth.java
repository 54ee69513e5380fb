package io.leeway.feedback.kafka;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the database does not take rows: what is asked of it is old then. The join goes on all the same. */
@Readiness
@Singleton
class LandingHealth implements HealthCheck {
    private final LandingLoop loop;

    LandingHealth(LandingLoop loop) {
        this.loop = loop;
    }

    @Override
    public HealthCheckResponse call() {
        Duration waiting = loop.waiting();
        return HealthCheckResponse.named("rows land in the database")
                .withData("waitingSeconds", waiting.toSeconds())
                .status(waiting.isZero())
                .build();
    }
}
