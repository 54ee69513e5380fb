package io.leeway.feedback.kafka;

import io.leeway.feedback.JoinInput;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * What travels to the join on its repartition topic: the input, and the decision as it was logged (empty for others), so that the
 * join need not parse a decision again.
 */
final class JoinRecord {
    private static final byte[] NOTHING = {};

    private final JoinInput input;
    private final byte[] decision;

    JoinRecord(JoinInput input, byte[] decision) {
        this.input = input;
        this.decision = decision;
    }

    static JoinRecord of(JoinInput input) {
        return new JoinRecord(input, NOTHING);
    }

    JoinInput input() {
        return input;
    }

    /** Not to be changed. */
    byte[] decision() {
        return decision;
    }

    static Serde<JoinRecord> serde() {
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : JoinBytes.of(value),
                (topic, bytes) -> bytes == null ? null : JoinBytes.record(bytes));
    }
}
