package io.leeway.kit.kafka;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Headers;
import io.leeway.contracts.ModelRole;
import io.leeway.kit.UnusableEventException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What key and headers say of a record of the models topic.
 *
 * @param record without a value it takes the role from the loop
 */
public record ModelRecord(String loop, ModelRole role, ConsumerRecord<String, byte[]> record) {

    /**
     * @throws UnusableEventException if the key is not {@code loop/role}
     * @throws ContractViolation if there is no such role
     */
    public static ModelRecord of(ConsumerRecord<String, byte[]> record) {
        String key = record.key() == null ? "" : record.key();
        int slash = key.lastIndexOf('/');
        if (slash < 1) {
            throw new UnusableEventException("must be loop/role: key=" + record.key());
        }
        return new ModelRecord(key.substring(0, slash), ModelRole.of(key.substring(slash + 1)), record);
    }

    /** @throws UnusableEventException if it is not a whole number that is not negative */
    public long version() {
        return number(Headers.MODEL_VERSION, header(Headers.MODEL_VERSION));
    }

    /** How many feedbacks the version's continuous learner had learned; null for the version itself. */
    public Long checkpoint() {
        return EventHeaders.text(record.headers(), Headers.MODEL_CHECKPOINT)
                .map(text -> number(Headers.MODEL_CHECKPOINT, text))
                .orElse(null);
    }

    private static long number(String name, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new UnusableEventException("must be a whole number: " + name + "=" + text);
        }
        return Long.parseLong(text);
    }

    /** @throws UnusableEventException if the record has no such header */
    public String header(String name) {
        return EventHeaders.text(record.headers(), name)
                .orElseThrow(() -> new UnusableEventException("must be given as a header: " + name));
    }
}
