package io.leeway.contracts;

import java.util.List;

/** The names of the topics, in one place. */
public final class Topics {
    public static final String LOOPS = "leeway.loops.v1";
    public static final String DECISION_REQUESTS = "leeway.decision-requests.v1";
    public static final String DECISIONS = "leeway.decisions.v1";
    public static final String REWARDS = "leeway.rewards.v1";
    public static final String FEEDBACK = "leeway.feedback.v1";
    public static final String DRIFT = "leeway.drift.v1";
    public static final String RETRAIN_REQUESTS = "leeway.retrain-requests.v1";
    public static final String MODELS = "leeway.models.v1";
    public static final String TRAINING_EVENTS = "leeway.training-events.v1";

    private static final String DEAD_LETTER_SUFFIX = ".dead-letter";

    private Topics() {}

    /** Topics of which only the newest record of each key is kept. */
    public static List<String> compacted() {
        return List.of(LOOPS, MODELS);
    }

    /** Topics that are events in time, kept for their retention. */
    public static List<String> events() {
        return List.of(DECISION_REQUESTS, DECISIONS, REWARDS, FEEDBACK, DRIFT, RETRAIN_REQUESTS, TRAINING_EVENTS);
    }

    /** Topics that somebody outside of one service writes, each with a dead-letter topic. */
    public static List<String> inputs() {
        return List.of(
                LOOPS, DECISION_REQUESTS, DECISIONS, REWARDS, FEEDBACK, RETRAIN_REQUESTS, MODELS, TRAINING_EVENTS);
    }

    /** Where a record of {@code topic} goes that cannot be used; its headers say why. */
    public static String deadLetter(String topic) {
        return topic + DEAD_LETTER_SUFFIX;
    }
}
