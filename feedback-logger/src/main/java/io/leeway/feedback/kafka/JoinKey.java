package io.leeway.feedback.kafka;

import io.leeway.feedback.JoinInput;

/** Key of the join: loop and event id, as the payload says. A loop's name contains no slash, so the first one divides the two. */
final class JoinKey {
    private JoinKey() {}

    static String of(JoinInput input) {
        return input.loop() + "/" + input.eventId();
    }

    static String loop(String key) {
        return key.substring(0, key.indexOf('/'));
    }

    static String eventId(String key) {
        return key.substring(key.indexOf('/') + 1);
    }
}
