package io.leeway.drift;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.leeway.contracts.Loop;
import io.leeway.contracts.TrainingEventType;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
     * @param chosen what was chosen among what; null where nothing was, as in a regression loop
     * @param predicted by the model, unit of the reward; null where none was
     * @param source partition that it was read from: decisions and their feedback have one order within it, and none between
     */
    record Decided(
            Instant time, long modelVersion, Map<String, Object> row, Chosen chosen, Double predicted, int source)
            implements WatchEvent {
        public Decided {
            row = row == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(row));
        }

        public Decided(Instant time, long modelVersion, Map<String, Object> row, Chosen chosen, Double predicted) {
            this(time, modelVersion, row, chosen, predicted, 0);
        }

        public Decided(Instant time, long modelVersion, Map<String, Object> row) {
            this(time, modelVersion, row, null, null);
        }

        public Decided from(int partition) {
            return new Decided(time, modelVersion, row, chosen, predicted, partition);
        }

        /** Only the row, as a window keeps it. */
        public Decided rowOnly() {
            return new Decided(time, modelVersion, row);
        }

        /** With an empty row, as a journal keeps it: the row lies in the window already. */
        public Decided light() {
            return row == null ? this : new Decided(time, modelVersion, Map.of(), chosen, predicted, source);
        }
    }

    /**
     * A choice, cut down.
     *
     * @param offered ids of the eligible actions, the first of them where there are very many
     * @param eligible how many there were
     * @param probability of the chosen one, in (0, 1]
     * @param smallest probability of any that can be chosen, in (0, 1]
     * @param entropy of the distribution as a share of the uniform one's, in [0, 1]; 1 where there is no choice
     * @param greedy probability with which the model's greedy policy takes the chosen one, in [0, 1]; null where that is not known
     */
    record Chosen(
            String action,
            List<String> offered,
            int eligible,
            double probability,
            double smallest,
            double entropy,
            Double greedy) {
        public Chosen {
            offered = List.copyOf(offered);
        }

        public Chosen(
                String action,
                List<String> offered,
                int eligible,
                double probability,
                double smallest,
                double entropy) {
            this(action, offered, eligible, probability, smallest, entropy, null);
        }
    }

    /**
     * The first feedback of a decision.
     *
     * @param time of the decision
     * @param reward observed, unit of the reward
     * @param predicted by the model, same unit; null where none was
     * @param matched whether a reward came, not only the default one; null where that is not known
     * @param delay from the decision to its first reward in seconds; null without one
     * @param segment the value of the input that the loop is watched apart by; null where it is not
     * @param greedyWeight probability of what was taken under the model's greedy policy over the one it was taken with; null where
     *     nothing was chosen
     * @param greedyPredicted by the model for what its greedy policy takes, unit of the reward; null where it predicted nothing
     * @param source partition that it was read from
     */
    record Rewarded(
            Instant time,
            long modelVersion,
            double reward,
            Double predicted,
            Boolean matched,
            Double delay,
            String segment,
            Double greedyWeight,
            Double greedyPredicted,
            int source)
            implements WatchEvent {
        public Rewarded(
                Instant time,
                long modelVersion,
                double reward,
                Double predicted,
                Boolean matched,
                Double delay,
                String segment) {
            this(time, modelVersion, reward, predicted, matched, delay, segment, null, null, 0);
        }

        public Rewarded from(int partition) {
            return new Rewarded(
                    time,
                    modelVersion,
                    reward,
                    predicted,
                    matched,
                    delay,
                    segment,
                    greedyWeight,
                    greedyPredicted,
                    partition);
        }

        public Rewarded(Instant time, long modelVersion, double reward, Double predicted) {
            this(time, modelVersion, reward, predicted, null, null, null);
        }
    }

    /** A training job went on. */
    record TrainingTold(Instant time, TrainingEventType type) implements WatchEvent {}

    /** The loop was made or its settings changed. */
    record LoopSet(Loop loop) implements WatchEvent {}

    /** Another model serves from now on; version 0 is none. */
    record ModelServes(long version, String sha256) implements WatchEvent {}

    /** Time has gone by. */
    record Ticked() implements WatchEvent {}

    /**
     * Somebody wants the inputs to be checked now.
     *
     * @param retrain whether training is wanted if they moved
     */
    record CheckAsked(boolean retrain) implements WatchEvent {}

    /**
     * Somebody uploaded data to compare inputs with, or wants them forgotten.
     *
     * @param dataset null to forget it
     */
    record DatasetGiven(String name, Dataset dataset) implements WatchEvent {}
}
