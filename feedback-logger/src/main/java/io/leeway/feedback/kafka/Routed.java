package io.leeway.feedback.kafka;

import org.apache.kafka.common.serialization.Serializer;

/** What a processor of the topology sends on, and where to. */
sealed interface Routed {
    /** To the join, by way of its repartition topic. */
    record ToJoin(JoinRecord record) implements Routed {}

    /** Out to a topic; the value is in bytes already. */
    final class ToTopic implements Routed {
        private final String topic;
        private final byte[] value;

        ToTopic(String topic, byte[] value) {
            this.topic = topic;
            this.value = value;
        }

        String topic() {
            return topic;
        }

        /** Not to be changed. */
        byte[] value() {
            return value;
        }
    }

    static Serializer<Routed> serializer() {
        return (topic, routed) -> ((ToTopic) routed).value();
    }
}
