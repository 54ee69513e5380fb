package io.leeway.feedback.kafka;

import jakarta.inject.Singleton;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/** A stream thread that dies is replaced: its work is taken up again from the last commit. */
@Singleton
class KeepJoining implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = Logger.getLogger(KeepJoining.class);

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        LOG.errorf(failure, "a stream thread failed and is replaced");
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
