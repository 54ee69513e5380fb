package io.leeway.feedback.store;

import io.leeway.contracts.ContractViolation;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Where a page of events or feedback ended; callers pass it back as it is. */
record PageKey(Instant time, String eventId) {
    String text() {
        byte[] plain = (time + " " + eventId).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }

    /** @throws ContractViolation if no page said so */
    static PageKey read(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int space = plain.indexOf(' ');
            if (space > 0) {
                return new PageKey(Instant.parse(plain.substring(0, space)), plain.substring(space + 1));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw (ContractViolation) violation(text).initCause(e);
        }
        throw violation(text);
    }

    private static ContractViolation violation(String text) {
        return new ContractViolation("after", "must be what a page named as next", text);
    }
}
