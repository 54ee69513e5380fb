package io.leeway.feedback;

import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.SlotDecision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells a decision that was logged twice from two answers to one event id.
 *
 * <p>The time is left out: a service that died before it had confirmed a request answers it again, later, in the same way.
 */
final class Answer {
    private static final int BYTES = 12;

    private Answer() {}

    static String fingerprint(Decision decision) {
        StringBuilder text = new StringBuilder(512)
                .append(decision.modelVersion())
                .append('|')
                .append(decision.prediction())
                .append('|')
                .append(decision.deferred())
                // The hash of a map of JSON values is specified by java.util.Map, so it is the same on every machine.
                .append('|')
                .append(decision.context().hashCode());
        for (Action action : decision.actions()) {
            text.append('|')
                    .append(action.id())
                    .append('=')
                    .append(action.features().hashCode());
        }
        for (SlotDecision slot : decision.slots()) {
            text.append('|').append(slot.name()).append('>').append(slot.action());
            for (ActionProbability entry : slot.probabilities()) {
                text.append(',').append(entry.action()).append(':').append(entry.probability());
            }
        }
        byte[] digest = sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
