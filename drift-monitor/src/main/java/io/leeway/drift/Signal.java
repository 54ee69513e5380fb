package io.leeway.drift;

import io.leeway.contracts.Drift;
import io.leeway.contracts.EventType;
import io.leeway.contracts.RetrainRequest;

/** What a watch has to tell the world. */
public sealed interface Signal {
    EventType type();

    /** Identity of the event, the same however often it is made from the same input. */
    String id();

    /** The event as the contract knows it. */
    Object event();

    /** A drift was suspected, detected or resolved. */
    record DriftFound(Drift drift) implements Signal {
        @Override
        public EventType type() {
            return EventType.DRIFT;
        }

        @Override
        public String id() {
            return DriftHistory.key(drift);
        }

        @Override
        public Object event() {
            return drift;
        }
    }

    /** Training is asked for. */
    record TrainingAsked(RetrainRequest request) implements Signal {
        @Override
        public EventType type() {
            return EventType.RETRAIN_REQUEST;
        }

        @Override
        public String id() {
            return request.requestId();
        }

        @Override
        public Object event() {
            return request;
        }
    }
}
