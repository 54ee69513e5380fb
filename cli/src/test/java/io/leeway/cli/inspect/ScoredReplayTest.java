package io.leeway.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Action;
import io.leeway.contracts.ActionProbability;
import io.leeway.contracts.Decision;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.SlotDecision;
import io.leeway.core.bandit.Choice;
import io.leeway.core.bandit.Seeds;
import io.leeway.core.bandit.continuous.ContinuousLearner;
import io.leeway.core.bandit.continuous.ContinuousLearners;
import io.leeway.core.drift.Profile;
import io.leeway.core.features.FeatureOptions;
import io.leeway.core.features.FeatureSpecLearner;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Export;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import io.leeway.core.model.Scorers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A checkpoint's decision, its scores done again from the checkpoint. */
class ScoredReplayTest {
    private static final List<io.leeway.core.features.Action> ACTIONS =
            List.of(io.leeway.core.features.Action.of("a"), io.leeway.core.features.Action.of("b"));

    @Test
    void scoresAreDoneAgainAndOthersAreNoticed() {
        Artifact artifact = checkpoint();
        double[] scores = Scorers.of(artifact).score(Map.of("x", 3), ACTIONS);
        assertThat(scores[1] - scores[0]).isGreaterThan(0.5);
        Decision decision = decision(scores[0], scores[1]);
        Replay replay = Replay.of(decision, Optional.of("salt")).scored(decision, artifact.toBytes());
        assertThat(replay.agrees()).as(replay.steps().toString()).isTrue();
        assertThat(replay.steps().get(replay.steps().size() - 1)).contains("checkpoint 7+40 scores as logged");
        Decision other = decision(scores[0], scores[1] + 0.01);
        assertThat(Replay.of(other, Optional.of("salt"))
                        .scored(other, artifact.toBytes())
                        .agrees())
                .isFalse();
    }

    private static Artifact checkpoint() {
        ContinuousLearner learner = ContinuousLearners.of(ContinuousLearners.LINEAR, false);
        FeatureSpecLearner features = new FeatureSpecLearner();
        for (int i = 0; i < 40; i++) {
            Map<String, Object> context = Map.of("x", i % 5);
            learner.learn(new HashedEncoder().encode(context, ACTIONS), new Choice(i % 2, 0.5), i % 2);
            features.observe(context, null, null);
        }
        Export export = learner.export();
        ModelDescription description = new ModelDescription(
                ModelDescription.FORMAT,
                "films",
                7,
                ModelDescription.BANDIT,
                ContinuousLearners.LINEAR,
                export.layout(),
                List.of("a", "b"),
                features.learn(FeatureOptions.defaults()),
                Map.of(),
                new Provenance(
                        new Provenance.Dataset("none", 0, "", Map.of(), null, null),
                        "",
                        Map.of(),
                        1,
                        "unknown",
                        Map.of(),
                        new Provenance.Platform("", "", "", 1, "java"),
                        Instant.EPOCH,
                        new Provenance.Trigger("none", "person")),
                Profile.EMPTY);
        return Artifact.of(description, export.tensors());
    }

    private static Decision decision(double a, double b) {
        double draw = Seeds.uniform("salt", "event", "main", Seeds.ACTION);
        SlotDecision slot = new SlotDecision(
                "main",
                List.of(new ActionProbability("a", 0.5, a), new ActionProbability("b", 0.5, b)),
                draw < 0.5 ? "a" : "b",
                0.5,
                draw);
        return Decision.builder("films", "event", LoopKind.BANDIT, Instant.EPOCH)
                .context(Map.of("x", 3))
                .actions(List.of(Action.of("a"), Action.of("b")))
                .slots(List.of(slot))
                .modelVersion(7)
                .checkpoint("7+40")
                .policy("squareCb")
                .build();
    }
}
