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

    /** A loop whose versions are rolled out as those of loops are by default. */
    public LoopSettings(
            LoopKind kind,
            String description,
            List<Action> actions,
            RewardSettings reward,
            ExplorationSettings exploration,
            TrainingSettings training,
            DriftSettings drift,
            ServingSettings serving,
            LogSettings log,
            Map<String, Object> other) {
        this(kind, description, actions, reward, exploration, training, drift, serving, log, null, other);
    }

    /** A loop that logs as loops do by default. */
    public LoopSettings(
            LoopKind kind,
            String description,
            List<Action> actions,
            RewardSettings reward,
            ExplorationSettings exploration,
            TrainingSettings training,
            DriftSettings drift,
            ServingSettings serving,
            Map<String, Object> other) {
        this(kind, description, actions, reward, exploration, training, drift, serving, null, other);
    }

    /** A loop that is served and logs as loops do by default. */
    public LoopSettings(
            LoopKind kind,
            String description,
            List<Action> actions,
            RewardSettings reward,
            ExplorationSettings exploration,
            TrainingSettings training,
            DriftSettings drift,
            Map<String, Object> other) {
        this(kind, description, actions, reward, exploration, training, drift, null, null, other);
    }

    public static LoopSettings of(LoopKind kind) {
        return new LoopSettings(kind, null, null, null, null, null, null, null);
    }
}
