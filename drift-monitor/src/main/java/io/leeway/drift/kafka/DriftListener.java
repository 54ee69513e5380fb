package io.leeway.drift.kafka;

import io.leeway.contracts.Drift;
import io.leeway.contracts.EventType;
import io.leeway.drift.DriftHistory;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.UnusableEventException;
import io.leeway.kit.kafka.EventReader;
import io.quarkus.runtime.Startup;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Reads the drift topic, from its start, into the history: so every instance can answer for every loop. */
@Startup
@ApplicationScoped
public class DriftListener {
    private static final Logger LOG = Logger.getLogger(DriftListener.class);

    private final DriftHistory history;

    DriftListener(DriftHistory history, LoopDirectory loops) {
        this.history = history;
        loops.onChange(change -> {
            if (change.after().isEmpty()) {
                history.forget(change.name());
            }
        });
    }

    @Incoming("drift")
    @Blocking
    void listen(ConsumerRecord<String, byte[]> record) {
        try {
            EventReader.type(record.headers(), EventType.DRIFT);
            history.add(EventReader.read(record.value(), Drift.class));
        } catch (UnusableEventException e) {
            LOG.warnf("drift event left aside: offset=%d: %s", record.offset(), e.getMessage());
        }
    }
}
