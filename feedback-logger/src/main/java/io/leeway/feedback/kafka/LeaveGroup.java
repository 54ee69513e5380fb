package io.leeway.feedback.kafka;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Leaves the join's group on an orderly stop. Kafka Streams stays a member by default, and then nobody joins, not even the same
 * service started again, until the session has expired. Comes before the extension's own close.
 */
@Singleton
class LeaveGroup {
    private static final int BEFORE_THE_EXTENSION = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    void stop(@Observes @Priority(BEFORE_THE_EXTENSION) ShutdownEvent event, KafkaStreams streams) {
        streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(PATIENCE));
    }
}
