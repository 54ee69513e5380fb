package io.leeway.prediction.journal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows what has been answered and not shipped yet. Always up: an instance whose broker is away answers, and one whose journal is
 * full says so in its answers.
 */
@Singleton
@Startup
@Readiness
public class JournalHealth implements HealthCheck {
    private final Journal journal;

    JournalHealth(Journal journal, MeterRegistry meters) {
        this.journal = journal;
        Gauge.builder("leeway.journal.backlog.records", journal, Journal::backlogRecords)
                .description("records that were answered and not confirmed by the broker yet")
                .register(meters);
        Gauge.builder("leeway.journal.backlog", journal, Journal::backlogBytes)
                .description("the same in bytes")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("leeway.journal.bound", journal, Journal::boundBytes)
                .description("most bytes that the journal takes before the loops' choice applies")
                .baseUnit("bytes")
                .register(meters);
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("journal")
                .withData("backlogRecords", journal.backlogRecords())
                .withData("backlogBytes", journal.backlogBytes())
                .withData("boundBytes", journal.boundBytes())
                .up()
                .build();
    }
}
