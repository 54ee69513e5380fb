package io.leeway.drift.kafka;

import jakarta.inject.Singleton;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/** A stream thread that failed is replaced: its transaction is undone and its records are read again. */
@Singleton
class StreamFailure implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = Logger.getLogger(StreamFailure.class);

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        LOG.error("a stream thread failed and is replaced", failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
