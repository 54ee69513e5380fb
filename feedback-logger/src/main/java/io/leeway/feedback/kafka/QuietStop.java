package io.leeway.feedback.kafka;

import io.quarkus.logging.LoggingFilter;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps one complaint out of the log while the service stops: that a listener's offsets could not be committed any more, with a stack
 * trace for each partition. Their records are read again after the next start, and landing them again changes nothing.
 */
@LoggingFilter(name = "quiet-stop")
public final class QuietStop implements Filter {
    /** "Kafka latest commit strategy failed to commit record". */
    private static final String FAILED_TO_COMMIT = "SRMSG18259";

    private static volatile boolean stopping;

    @Override
    public boolean isLoggable(LogRecord record) {
        return !stopping || record.getMessage() == null || !record.getMessage().startsWith(FAILED_TO_COMMIT);
    }

    /** Tells the filter, which the logging makes by itself. */
    @Singleton
    static class Bell {
        void stop(@Observes @Priority(0) ShutdownEvent event) {
            stopping = true;
        }

        void start(@Observes io.quarkus.runtime.StartupEvent event) {
            stopping = false;
        }
    }
}
