package io.leeway.drift;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.leeway.contracts.Loop;
import io.leeway.contracts.TrainingEventType;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the watch of one loop takes in. Decided, Rewarded and TrainingTold travel through the repartition topic, cut down to what
 * the watch needs; the others are made where the watch is.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WatchEvent.Decided.class, name = "decided"),
    @JsonSubTypes.Type(value = WatchEvent.Rewarded.class, name = "rewarded"),
    @JsonSubTypes.Type(value = WatchEvent.TrainingTold.class, name = "training")
})
public sealed interface WatchEvent {

    /**
     * A decision was taken.
     *
     * @param time of the decision
     * @param row its inputs by leaf path; null where they are not kept
     */
    record Decided(Instant time, long modelVersion, Map<String, Object> row) implements WatchEvent {
        public Decided {
            row = row == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(row));
        }

        Decided withoutRow() {
            return new Decided(time, modelVersion, null);
        }
    }

    /**
     * The first feedback of a decision.
     *
     * @param time of the decision
     * @param reward observed, unit of the reward
     * @param predicted by the model, same unit; null where none was
     */
    record Rewarded(Instant time, long modelVersion, double reward, Double predicted) implements WatchEvent {}

    /** A training job went on. */
    record TrainingTold(Instant time, TrainingEventType type) implements WatchEvent {}

    /** The loop was made or its settings changed. */
    record LoopSet(Loop loop) implements WatchEvent {}

    /** Another model serves from now on; version 0 is none. */
    record ModelServes(long version, String sha256) implements WatchEvent {}

    /** Time has gone by. */
    record Ticked() implements WatchEvent {}
}
