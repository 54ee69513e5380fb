package io.leeway.kit.kafka;

import io.leeway.contracts.EventType;
import io.leeway.contracts.Loop;
import io.leeway.kit.LoopDirectory;
import io.leeway.kit.UnusableEventException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Reads the loops topic into the directory. Not ready until it has been read to the end. */
@ApplicationScoped
@Readiness
public class LoopListener implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(LoopListener.class);
    private static final String CHANNEL = "loops";

    private final LoopDirectory directory;
    private final DeadLetters deadLetters;
    private final CatchUp catchUp;

    LoopListener(LoopDirectory directory, DeadLetters deadLetters, KafkaClientService clients, Clock clock) {
        this.directory = directory;
        this.deadLetters = deadLetters;
        this.catchUp = new CatchUp(CHANNEL, clients, clock);
    }

    @Incoming(CHANNEL)
    @Blocking
    void listen(ConsumerRecord<String, byte[]> record) {
        try {
            apply(record);
        } catch (UnusableEventException e) {
            deadLetters.send(record, e.getMessage()).join();
        }
        catchUp.handled(record);
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            LOG.infof("loop %s was deleted", record.key());
            directory.remove(record.key());
            return;
        }
        EventReader.type(record.headers(), EventType.LOOP);
        Loop loop = EventReader.read(record.value(), Loop.class);
        if (!loop.name().equals(record.key())) {
            throw new UnusableEventException("must be the record's key " + record.key() + ": name=" + loop.name());
        }
        directory.put(loop);
        LOG.infof("loop %s is at revision %d", loop.name(), loop.revision());
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("loops topic has been read")
                .status(catchUp.done())
                .build();
    }
}
