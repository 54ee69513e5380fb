package io.leeway.prediction.journal;

import io.leeway.prediction.PredictionConfig;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Opens the journal once per service. */
public class JournalSetup {
    /** So that the largest record fits, and a file can be mapped. */
    private static final long SMALLEST_SEGMENT = 8 << 20;

    private static final long LARGEST_SEGMENT = 1 << 30;

    @Produces
    @Singleton
    Journal journal(PredictionConfig config) {
        PredictionConfig.Journal settings = config.journal();
        long segment = settings.segment().asLongValue();
        if (segment < SMALLEST_SEGMENT || segment > LARGEST_SEGMENT) {
            throw new IllegalArgumentException("must be in [8M, 1G]: prediction-service.journal.segment=" + segment);
        }
        long bound = settings.bound().asLongValue();
        if (bound < 2 * segment) {
            throw new IllegalArgumentException(
                    "must be at least two segments, " + 2 * segment + ": prediction-service.journal.bound=" + bound);
        }
        return Journal.open(Path.of(settings.directory()), (int) segment, bound);
    }

    void close(@Disposes Journal journal) {
        journal.close();
    }

    @Produces
    @Singleton
    Shipments shipments() {
        return new Shipments();
    }
}
