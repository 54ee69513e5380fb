package io.leeway.contracts;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;

/** What a person sets of a loop; everything but the kind has a default. */
public record LoopSettings(
        @JsonPropertyDescription("bandit, regression or mdp")
        LoopKind kind,

        @JsonPropertyDescription("what this loop is for, in words")
        String description,

        @JsonPropertyDescription("actions that a decision chooses among when its request names none")
        List<Action> actions,

        @JsonPropertyDescription("how rewards are collected")
        RewardSettings reward,

        @JsonPropertyDescription("how a bandit loop explores")
        ExplorationSettings exploration,

        @JsonPropertyDescription("how models are trained") TrainingSettings training,

        @JsonPropertyDescription("what drift is watched for")
        DriftSettings drift,

        @JsonPropertyDescription("how decisions are answered")
        ServingSettings serving,

        @JsonPropertyDescription("how decisions and rewards are logged")
        LogSettings log,

        @JsonPropertyDescription("how new versions are proven and rolled out")
        RolloutSettings rollout,

        @JsonAnySetter @JsonAnyGetter Map<String, Object> other) {

    public LoopSettings {
        Check.present("kind", kind);
        actions = Action.distinct("actions", actions);
        reward = Check.or(reward, RewardSettings.DEFAULT);
        if (reward.range() == null && kind != LoopKind.REGRESSION) {
            reward = reward.withRange(RewardRange.UNIT);
        }
        exploration = Check.or(exploration, ExplorationSettings.DEFAULT);
        training = Check.or(training, TrainingSettings.DEFAULT);
        drift = Check.or(drift, DriftSettings.DEFAULT);
        serving = Check.or(serving, ServingSettings.DEFAULT);
        log = Check.or(log, LogSettings.DEFAULT);
        rollout = Check.or(rollout, RolloutSettings.DEFAULT);
        other = Check.copy(other);
    }

    /** A loop of this kind, everything else as by default. */
    public static LoopSettings of(LoopKind kind) {
        return builder(kind).build();
    }

    /** A loop of this kind, everything else as by default, to be changed. */
    public static Builder builder(LoopKind kind) {
        return new Builder(kind);
    }

    /** The same, to be changed. */
    public Builder toBuilder() {
        return builder(kind)
                .description(description)
                .actions(actions)
                .reward(reward)
                .exploration(exploration)
                .training(training)
                .drift(drift)
                .serving(serving)
                .log(log)
                .rollout(rollout)
                .other(other);
    }

    /** Settings while they are made; what is not set, or null, is as by default. Not thread safe. */
    public static final class Builder {
        private final LoopKind kind;
        private String description;
        private List<Action> actions;
        private RewardSettings reward;
        private ExplorationSettings exploration;
        private TrainingSettings training;
        private DriftSettings drift;
        private ServingSettings serving;
        private LogSettings log;
        private RolloutSettings rollout;
        private Map<String, Object> other;

        private Builder(LoopKind kind) {
            this.kind = kind;
        }

        public Builder description(String value) {
            this.description = value;
            return this;
        }

        public Builder actions(List<Action> value) {
            this.actions = value;
            return this;
        }

        public Builder reward(RewardSettings value) {
            this.reward = value;
            return this;
        }

        public Builder exploration(ExplorationSettings value) {
            this.exploration = value;
            return this;
        }

        public Builder training(TrainingSettings value) {
            this.training = value;
            return this;
        }

        public Builder drift(DriftSettings value) {
            this.drift = value;
            return this;
        }

        public Builder serving(ServingSettings value) {
            this.serving = value;
            return this;
        }

        public Builder log(LogSettings value) {
            this.log = value;
            return this;
        }

        public Builder rollout(RolloutSettings value) {
            this.rollout = value;
            return this;
        }

        public Builder other(Map<String, Object> value) {
            this.other = value;
            return this;
        }

        public LoopSettings build() {
            return new LoopSettings(
                    kind, description, actions, reward, exploration, training, drift, serving, log, rollout, other);
        }
    }
}
