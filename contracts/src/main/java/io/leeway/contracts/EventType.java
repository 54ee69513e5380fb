package io.leeway.contracts;

import java.util.Optional;

/** The kinds of event, by the value of their CloudEvents {@code type} attribute. */
public enum EventType {
    LOOP("io.leeway.loop.v1", Topics.LOOPS),
    DECISION_REQUEST("io.leeway.decision-request.v1", Topics.DECISION_REQUESTS),
    DECISION("io.leeway.decision.v1", Topics.DECISIONS),
    REWARD("io.leeway.reward.v1", Topics.REWARDS),
    ACTIVATION("io.leeway.activation.v1", Topics.REWARDS),
    FEEDBACK("io.leeway.feedback.v1", Topics.FEEDBACK),
    DRIFT("io.leeway.drift.v1", Topics.DRIFT),
    RETRAIN_REQUEST("io.leeway.retrain-request.v1", Topics.RETRAIN_REQUESTS),
    MODEL("io.leeway.model.v1", Topics.MODELS),
    TRAINING_EVENT("io.leeway.training-event.v1", Topics.TRAINING_EVENTS);

    private final String ceType;
    private final String topic;

    EventType(String ceType, String topic) {
        this.ceType = ceType;
        this.topic = topic;
    }

    /** The CloudEvents {@code type}; it ends in the version of the schema. */
    public String ceType() {
        return ceType;
    }

    public String topic() {
        return topic;
    }

    /** The type with this CloudEvents name; empty for a type or a version that this code does not know. */
    public static Optional<EventType> of(String ceType) {
        for (EventType type : values()) {
            if (type.ceType.equals(ceType)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
