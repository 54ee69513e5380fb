package io.leeway.training.kafka;

import io.leeway.kit.kafka.EventHeaders;
import io.leeway.kit.kafka.EventPublisher;
import io.leeway.training.Outbox;
import io.leeway.training.OutboxEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;

/** Writes the outbox to Kafka from one thread: woken after each commit that filled it, and by the clock for what others left. */
@ApplicationScoped
public class OutboxPublisher {
    private static final Logger LOG = Logger.getLogger(OutboxPublisher.class);
    private static final int BATCH = 50;
    private static final long LOOK_MILLIS = 1000;
    private static final long CONFIRM_SECONDS = 30;

    private final Outbox outbox;
    private final EventPublisher publisher;
    private final Counter published;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean stopped;
    private Thread thread;

    OutboxPublisher(Outbox outbox, EventPublisher publisher, MeterRegistry meters) {
        this.outbox = outbox;
        this.publisher = publisher;
        this.published = meters.counter("leeway.training.outbox.published");
    }

    void start(@Observes StartupEvent event) {
        thread = new Thread(this::run, "outbox");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        wake.release();
        thread.join(TimeUnit.SECONDS.toMillis(5));
    }

    void filled(@Observes(during = TransactionPhase.AFTER_SUCCESS) Outbox.Filled event) {
        wake.release();
    }

    private void run() {
        while (!stopped) {
            try {
                int sent = outbox.drain(BATCH, this::send);
                published.increment(sent);
                if (sent == 0) {
                    wake.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    wake.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("outbox not published, will try again: %s", e.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    /** Returns when the broker has confirmed all of them. */
    private void send(List<OutboxEvent> events) {
        CompletableFuture<?>[] sent = events.stream().map(this::send).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(sent)
                .orTimeout(CONFIRM_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private CompletableFuture<?> send(OutboxEvent event) {
        RecordHeaders headers = publisher.headers(event.type(), event.eventId());
        event.headers().forEach((name, value) -> EventHeaders.add(headers, name, value));
        return publisher.publish(
                event.type(), event.key(), headers, event.value().orElse(null));
    }
}
