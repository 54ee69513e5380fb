package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.contracts.Decision;
import io.leeway.contracts.Feedback;
import io.leeway.contracts.Loop;
import io.leeway.contracts.rest.Checkpoint;
import io.leeway.contracts.rest.LearnerStatus;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.core.bandit.continuous.ContinuousLearner;
import io.leeway.core.bandit.continuous.ContinuousLearners;
import io.leeway.core.drift.Profile;
import io.leeway.core.features.Action;
import io.leeway.core.features.FeatureOptions;
import io.leeway.core.features.FeatureSpec;
import io.leeway.core.features.FeatureSpecLearner;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.model.Artifact;
import io.leeway.core.model.Export;
import io.leeway.core.model.ModelDescription;
import io.leeway.core.model.Provenance;
import io.leeway.core.model.Scorers;
import io.leeway.training.learning.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnOnTest {
    private static final long VERSION = 7;

    @TempDir
    Path folder;

    private final World world = new World("on", 5, Continuous.START);
    private final Continuous.Published published = new Continuous.Published();
    private int given;

    @Test
    void withoutAVersionOfItsLearnerItLearnsAndPublishesNothing() {
        LearnOn learner = learner("linear-online", Continuous.OneVersion.NONE);
        give(learner, world.feedback(100));
        learner.checkpoint(3L);
        assertThat(published.checkpoints).isEmpty();
        assertThat(learner.status().state()).isEqualTo("waiting");
        assertThat(learner.status().feedbacks()).isEqualTo(100);
        assertThat(learner.status().behind()).isEqualTo(3);
    }

    @Test
    void publishesWhatItHasLearnedNamedByItsVersionAndCount() {
        LearnOn learner = learner("ridge-online", version("ridge-online", world.feedback(200)));
        give(learner, world.feedback(150));
        learner.checkpoint(0L);
        give(learner, world.feedback(50));
        assertThat(learner.hasNews()).isTrue();
        learner.checkpoint(0L);
        assertThat(learner.hasNews()).isFalse();
        assertThat(published.checkpoints).extracting(Checkpoint::name).containsExactly("7+150", "7+200");
        Checkpoint second = published.checkpoints.get(1);
        assertThat(second.since()).isEqualTo(150);
        assertThat(second.offsets().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(200);
        assertThat(second.sha256()).isEqualTo(Artifact.sha256(published.artifacts.get(1)));
        assertThat(learner.status().checkpoint()).isEqualTo("7+200");
        Artifact artifact = Artifact.read(published.artifacts.get(1));
        assertThat(artifact.description().version()).isEqualTo(VERSION);
        assertThat(artifact.description().provenance().dataset().rows()).isEqualTo(200);
        LearningState kept = LearningState.open(folder.resolve("on.state"), loop("ridge-online"), Map.of());
        List<Action> actions = World.ACTIONS.stream().map(Action::of).toList();
        for (double x = -1; x <= 1; x += 0.1) {
            Map<String, Object> context = Map.of("x", x, "weekday", "MONDAY");
            assertThat(Scorers.of(artifact).score(context, actions))
                    .containsExactly(kept.learner().score(new HashedEncoder().encode(context, actions)), within(1e-5));
        }
    }

    @Test
    void laterRevisionsAndRecordsReadTwiceAreNotLearned() {
        LearnOn learner = learner("linear-online", Continuous.OneVersion.NONE);
        List<Feedback> feedback = world.feedback(60);
        List<FeedbackStream.Item> items = Continuous.items(feedback, 0);
        items.forEach(learner::take);
        items.forEach(learner::take);
        List<Feedback> corrected =
                feedback.stream().map(each -> World.withReward(each, 0.5, 2)).toList();
        Continuous.items(corrected, 60).forEach(learner::take);
        learner.checkpoint(null);
        assertThat(learner.status().feedbacks()).isEqualTo(60);
    }

    @Test
    void whatCannotBeLearnedFromIsLeftOutAndADamagedFileIsBegunAnew() throws IOException {
        LearnOn learner = learner("linear-online", Continuous.OneVersion.NONE);
        List<Feedback> feedback = new ArrayList<>(world.feedback(20));
        feedback.set(7, withContext(feedback.get(7), Map.of("x", new Object())));
        give(learner, feedback);
        learner.checkpoint(null);
        assertThat(learner.status().feedbacks()).isEqualTo(19);
        Path file = folder.resolve("on.state");
        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, bytes.length / 2, bytes.length - 1}) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThat(LearningState.open(file, loop("linear-online"), Map.of()).feedbacks())
                    .isZero();
        }
        Files.write(file, bytes);
        assertThat(LearningState.open(file, loop("linear-online"), Map.of()).feedbacks())
                .isEqualTo(19);
    }

    private static Feedback withContext(Feedback feedback, Map<String, Object> context) {
        Decision decision = feedback.decision().toBuilder().context(context).build();
        return new Feedback(
                feedback.loop(),
                feedback.eventId(),
                1,
                feedback.status(),
                feedback.reward(),
                feedback.slotRewards(),
                null,
                decision,
                feedback.closedAt(),
                false,
                null);
    }

    @Test
    void whatGetsWorseThanItsVersionIsTakenBackAndComesBackWhenItIsAsGoodAgain() {
        LearnOn learner = learner("linear-online", version("linear-online", world.feedback(3000)));
        learner.checkpoint(0L);
        // A flood of rewards that cannot be: what they teach is wrong for what comes after.
        give(
                learner,
                world.feedback(400).stream()
                        .map(each -> World.withReward(each, 30, 1))
                        .toList());
        for (int i = 0; i < 40 && published.reverts.isEmpty(); i++) {
            give(learner, world.feedback(50));
            learner.checkpoint(0L);
        }
        assertThat(published.reverts).hasSize(1);
        assertThat(published.reverts.get(0)).contains("worse than version 7");
        assertThat(learner.status().state()).isEqualTo("held-back");
        int before = published.checkpoints.size();
        for (int i = 0; i < 60 && published.checkpoints.size() == before; i++) {
            give(learner, world.feedback(200));
            learner.checkpoint(0L);
        }
        assertThat(published.checkpoints.size()).isGreaterThan(before);
        assertThat(learner.status().state()).isEqualTo("learning");
        assertThat(published.reverts).hasSize(1);
    }

    @Test
    void theComparisonSaysHowItsMembersStand() {
        LearnOn learner = learner("auto", Continuous.OneVersion.NONE);
        give(learner, world.feedback(300));
        learner.checkpoint(0L);
        assertThat(learner.status().members()).hasSize(3);
        assertThat(learner.status().members())
                .extracting(LearnerStatus.Member::meanSquaredError)
                .isSorted()
                .allMatch(error -> error > 0 && error < 1);
        assertThat(learner.status().members().stream()
                        .mapToDouble(LearnerStatus.Member::weight)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    private static Loop loop(String learner) {
        return Continuous.loop("on", learner);
    }

    private LearnOn learner(String name, Versions versions) {
        Path file = folder.resolve("on.state");
        LearningState state = LearningState.open(file, loop(name), Map.of());
        return Continuous.learnOn(loop(name), state, file, versions, published);
    }

    private void give(LearnOn learner, List<Feedback> feedback) {
        // What was given before it has looked for its version is not compared with that.
        learner.status();
        Continuous.items(feedback, given).forEach(learner::take);
        given += feedback.size();
    }

    /** A version that has learned from this, as a job of the same learner makes it. */
    private static Versions version(String name, List<Feedback> feedback) {
        ContinuousLearner learner = ContinuousLearners.of(name, false);
        Replay replay = Replay.of(learner);
        RewardReplay rewards = RewardReplay.of(loop(name).settings());
        FeatureSpecLearner features = new FeatureSpecLearner();
        feedback.forEach(each -> FeedbackRows.of(each, rewards).forEach(row -> {
            replay.learn(row);
            features.observe(row.context(), null, null);
        }));
        Export export = learner.export();
        FeatureSpec spec = features.learn(FeatureOptions.defaults());
        ModelDescription description = new ModelDescription(
                ModelDescription.FORMAT,
                "on",
                VERSION,
                ModelDescription.BANDIT,
                name,
                export.layout(),
                World.ACTIONS,
                spec,
                Map.of(),
                new Provenance(
                        new Provenance.Dataset("d", feedback.size(), "s", Map.of(), Continuous.START, Instant.now()),
                        spec.sha256(),
                        Map.of(),
                        1,
                        "unknown",
                        Map.of(),
                        new Provenance.Platform("", "", "", 1, "java"),
                        Continuous.START,
                        new Provenance.Trigger("none", "person")),
                Profile.EMPTY);
        byte[] bytes = Artifact.of(description, export.tensors()).toBytes();
        return new Continuous.OneVersion(
                new ModelVersion(
                        "on",
                        VERSION,
                        name,
                        List.of(),
                        "job",
                        Continuous.START,
                        Artifact.sha256(bytes),
                        "",
                        bytes.length,
                        Map.of(),
                        List.of(),
                        Map.of()),
                bytes);
    }
}
