package io.leeway.feedback.http;

import io.leeway.contracts.ContractViolation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times in a URL. */
final class Instants {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Instants() {}

    /** @return null for null */
    static Instant read(String field, String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            throw (ContractViolation) violation(field, text).initCause(e);
        }
        throw violation(field, text);
    }

    private static ContractViolation violation(String field, String text) {
        return new ContractViolation(field, "must be an ISO 8601 time with its offset", text);
    }
}
