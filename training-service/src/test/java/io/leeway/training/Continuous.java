package io.leeway.training;

import io.leeway.contracts.Feedback;
import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.TrainingSettings;
import io.leeway.contracts.rest.Checkpoint;
import io.leeway.contracts.rest.ModelVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A loop with an online learner, without Kafka and database. */
final class Continuous {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Continuous() {}

    static Loop loop(String name, String learner) {
        TrainingSettings training =
                new TrainingSettings(learner, null, null, null, null, null, null, 100, null, null, null, null, null);
        LoopSettings settings =
                LoopSettings.builder(LoopKind.BANDIT).training(training).build();
        return new Loop(name, 1, "salt", settings, null, START, START, null);
    }

    /** As if they lay on six partitions, in this order. */
    static List<FeedbackStream.Item> items(List<Feedback> feedback, int from) {
        List<FeedbackStream.Item> items = new ArrayList<>();
        for (int i = 0; i < feedback.size(); i++) {
            items.add(new FeedbackStream.Item((from + i) % 6, (from + i) / 6, feedback.get(i)));
        }
        return items;
    }

    static LearnOn learnOn(Loop loop, LearningState state, java.nio.file.Path file, Versions versions, Publication to) {
        return new LearnOn(loop, state, file, versions, to, Duration.ofSeconds(1), Clock.systemUTC(), Runnable::run);
    }

    /** Keeps what is published. */
    static final class Published implements Publication {
        final List<Checkpoint> checkpoints = new ArrayList<>();
        final List<byte[]> artifacts = new ArrayList<>();
        final List<String> reverts = new ArrayList<>();

        @Override
        public boolean publish(Checkpoint checkpoint, byte[] artifact) {
            checkpoints.add(checkpoint);
            artifacts.add(artifact);
            return true;
        }

        @Override
        public boolean revert(String loop, long version, Map<String, Object> figures, String why) {
            reverts.add(why);
            return true;
        }
    }

    /** One champion, or none. */
    record OneVersion(ModelVersion version, byte[] bytes) implements Versions {
        static final OneVersion NONE = new OneVersion(null, null);

        @Override
        public long nextNumber(String loop) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void add(ModelVersion added, byte[] artifact) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ModelVersion> find(String loop, long number) {
            return Optional.ofNullable(version);
        }

        @Override
        public Optional<ModelVersion> ofJob(String jobId) {
            return Optional.empty();
        }

        @Override
        public List<ModelVersion> page(String loop, VersionFilter filter, Page page) {
            return List.of();
        }

        @Override
        public void reserve(String loop, long number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void tag(String loop, long number, String name, String value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void expire(String loop, long number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Long> withArtifacts(String loop, Instant before) {
            return List.of();
        }

        @Override
        public long count(String loop) {
            return 1;
        }

        @Override
        public Optional<byte[]> artifact(String loop, long number) {
            return Optional.ofNullable(bytes);
        }

        @Override
        public Map<ModelRole, Long> roles(String loop) {
            return version == null ? Map.of() : Map.of(ModelRole.CHAMPION, version.version());
        }

        @Override
        public List<Long> champions(String loop) {
            return List.of();
        }

        @Override
        public void assign(String loop, ModelRole role, Long number, Attribution by) {
            throw new UnsupportedOperationException();
        }
    }
}
