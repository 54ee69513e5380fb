package io.leeway.feedback.kafka;

import io.leeway.contracts.Json;
import io.leeway.feedback.JoinInput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * What travels to the join on its repartition topic: the input, and the decision as it was logged (empty for others).
 *
 * <p>As bytes: length of the input (4 bytes), the input as JSON, the decision. So the join need not parse a decision again.
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
        return Serdes.serdeFrom((topic, value) -> value == null ? null : value.bytes(), (topic, bytes) -> read(bytes));
    }

    private byte[] bytes() {
        byte[] head = Json.bytes(input);
        return ByteBuffer.allocate(Integer.BYTES + head.length + decision.length)
                .putInt(head.length)
                .put(head)
                .put(decision)
                .array();
    }

    private static JoinRecord read(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        int headEnds = Integer.BYTES + ByteBuffer.wrap(bytes).getInt();
        JoinInput input = Json.read(Arrays.copyOfRange(bytes, Integer.BYTES, headEnds), JoinInput.class);
        return new JoinRecord(input, Arrays.copyOfRange(bytes, headEnds, bytes.length));
    }
}
